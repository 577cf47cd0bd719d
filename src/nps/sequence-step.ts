import { SCORES, type Segment, segmentOf } from './score.ts';
import type { Sequence, SequenceStep, Steps } from './sequence.ts';
import { makesAsk, offersChoices } from './steps/mail.ts';
import { STEP_KINDS } from './steps/registry.ts';
import type { StepKind } from './steps/step-kind.ts';

/** The longest delay, in hours: a year. */
export const LONGEST_DELAY = 24 * 365;

/** A step as its record says it. */
export interface RecordedStep {
  name: string;
  segment: Segment;
  active: boolean;
  course: StepKind['course'];
  /** What the record says, or what is wrong with it, each naming its field. */
  read: { step: SequenceStep } | { problems: readonly string[] };
}

const SEGMENTS: readonly Segment[] = ['Promoter', 'Passive', 'Detractor'];

/**
 * The sequences that records make. One record that cannot be used holds its sequence, or its escalation: with a gap it
 * would be another; so do choices that cannot be offered.
 *
 * @param choicesProblem a sentence; null when nothing is wrong
 */
export function sequencesOf(
  recorded: readonly RecordedStep[],
  choicesProblem: string | null = null,
): ReadonlyMap<Segment, Sequence> {
  const active = recorded.filter((one) => one.active);
  const of = (segment: Segment, course: StepKind['course']) =>
    stepsOf(
      active.filter((one) => one.segment === segment && one.course === course),
      choicesProblem,
    );
  return new Map(
    SEGMENTS.map((segment) => [segment, { ...of(segment, 'Sequence'), escalation: of(segment, 'Escalation') }]),
  );
}

function stepsOf(recorded: readonly RecordedStep[], choicesProblem: string | null): Steps {
  const steps = recorded.flatMap(({ read }) => ('step' in read ? [read.step] : []));
  const sentences = recorded.flatMap(({ name, read }) => {
    const problems = 'step' in read ? [...stepProblems(read.step), ...rivalProblems(read.step, steps)] : read.problems;
    return problems.length > 0 ? [`The NPS Sequence Step record ${name} cannot be used: ${problems.join('; ')}.`] : [];
  });
  if (choicesProblem !== null && steps.some(({ template }) => offersChoices(template))) sentences.push(choicesProblem);
  return { steps, problem: sentences.length > 0 ? sentences.join(' ') : null };
}

function stepProblems(step: SequenceStep): string[] {
  const { segment, lowest, highest, action, template } = step;
  const scores = SCORES.filter((score) => segmentOf(score) === segment);
  const { templates, problems } = STEP_KINDS[action];
  return [
    !(scores.includes(lowest) && scores.includes(highest) && lowest <= highest) &&
      `Lowest_Score__c and Highest_Score__c are ${lowest} and ${highest}, but must be scores of a ${segment}, ${scores[0]} to ${scores.at(-1)}`,
    !templates.includes(template) &&
      `Template__c is "${template}", but a ${action} says one of ${templates.join(', ')}`,
    ...problems(step),
  ].filter((problem) => problem !== false);
}

/** Two steps for one score need an order between them, and make no ask twice. */
function rivalProblems(step: SequenceStep, all: readonly SequenceStep[]): string[] {
  const rivals = all.filter(
    ({ name, lowest, highest }) => name !== step.name && lowest <= step.highest && step.lowest <= highest,
  );
  return rivals.flatMap(({ name, order, template }) => [
    ...(order === step.order ? [`Order__c is ${step.order}, as that of ${name} for the same scores`] : []),
    ...(template === step.template && makesAsk(template)
      ? [`Template__c is "${template}", as that of ${name} for the same scores: nobody is asked twice`]
      : []),
  ]);
}
