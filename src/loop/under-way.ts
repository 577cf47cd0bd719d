import { momentKey } from '../nps/moment.ts';
import { recoveryMoment } from '../nps/recovery.ts';
import type { Segment } from '../nps/score.ts';
import type { Sequence } from '../nps/sequence.ts';
import type { StepAction } from '../nps/steps/registry.ts';
import { mailKey } from './mail-order.ts';
import type { Fate, ResponseRecord, Spool } from './ports.ts';

/** What the outbox knows of a response's steps that Salesforce does not tell, or not yet. */
export interface UnderWay {
  /** Names of steps whose mail is ordered, or has left without its receipt being written, or whose survey is to be decided. */
  steps: readonly string[];
  /** Names of steps whose mail has left, of which Salesforce would not be told: their receipts are dead letters. */
  untold: readonly string[];
  /** What became of the event that asks for the re-survey; undefined where there is none. */
  reSurvey: Fate | undefined;
}

export const NOTHING_UNDER_WAY: UnderWay = { steps: [], untold: [], reSurvey: undefined };

/** What is under way, by the keys of responses that are in a sequence. */
export async function stepsUnderWay(
  responses: Iterable<ResponseRecord>,
  sequences: ReadonlyMap<Segment, Sequence>,
  spool: Spool,
): Promise<ReadonlyMap<string, UnderWay>> {
  const running = [...responses].filter(({ course }) => course.startedAt !== null);
  const steps = [...sequences.values()].flatMap((sequence) => sequence.steps);
  const named = (wanted: StepAction) => steps.filter(({ action }) => action === wanted).map(({ name }) => name);
  const [mailSteps, reSurveys] = [named('Mail'), named('Re-Survey')];
  const keyOf = (surveyKey: string, step: string) => mailKey({ surveyKey, step });
  const mailKeys = running.flatMap(({ key }) => mailSteps.map((step) => keyOf(key, step)));
  const [mails, receipts, events] = await Promise.all([
    spool.fates('mail', mailKeys),
    spool.fates('receipt', mailKeys),
    spool.fates('event', running.map(recoveryKey)),
  ]);
  const isUnderWay = (key: string) => mails.has(key) && (receipts.get(key) ?? 'waiting') === 'waiting';
  return new Map(
    running.map((response) => {
      const reSurvey = events.get(recoveryKey(response));
      const ordered = mailSteps.filter((step) => isUnderWay(keyOf(response.key, step)));
      const steps = reSurvey === 'waiting' ? [...ordered, ...reSurveys] : ordered;
      const untold = mailSteps.filter((step) => receipts.get(keyOf(response.key, step)) === 'dead');
      return [response.key, { steps, untold, reSurvey }];
    }),
  );
}

/** The key of the event that asks for a response's re-survey: there is one, however often it is told. */
export function recoveryKey({ id, respondedAt }: Pick<ResponseRecord, 'id' | 'respondedAt'>): string {
  return `recovery:${momentKey(recoveryMoment(id, respondedAt))}`;
}
