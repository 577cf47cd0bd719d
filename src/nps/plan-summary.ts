import { dateOfDay, dayOfDate } from './days.ts';
import { expected, type Rates } from './forecast.ts';
import type { PlannedSurvey } from './plan.ts';

export interface PlanSummary {
  /** Surveys; renewal mails are counted apart, but for the rows of their triggers and the reasons. */
  sent: number;
  suppressed: number;
  deferred: number;
  /** Renewal mails that are sent. */
  renewalMails: number;
  expected: { answers: number; tasks: number };
  triggers: { trigger: string; sent: number; suppressed: number; deferred: number }[];
  /** Why nobody is asked, the most frequent first. */
  reasons: { code: string; moments: number; example: string }[];
  csms: { name: string; sent: number; answers: number; tasks: number }[];
  /** Seven days each from the first day on; the last may be shorter. */
  weeks: { from: string; to: string; sent: number }[];
}

/** Counts a plan from `from` to `to` (YYYY-MM-DD, both included). `triggers` are listed even where nothing is due. */
export function summaryOf(
  surveys: readonly PlannedSurvey[],
  { from, to, triggers, rates }: { from: string; to: string; triggers: readonly string[]; rates: Rates },
): PlanSummary {
  const asking = surveys.filter(({ kind }) => kind === 'Survey');
  const sent = asking.filter(({ outcome }) => outcome.status === 'Sent');
  const names = new Set([...triggers, ...surveys.map(({ trigger }) => trigger)]);
  return {
    ...countsOf(asking),
    renewalMails: surveys.filter(({ kind, outcome }) => kind === 'Renewal Mail' && outcome.status === 'Sent').length,
    expected: expected(sent.length, rates),
    triggers: [...names].map((trigger) => ({
      trigger,
      ...countsOf(surveys.filter((survey) => survey.trigger === trigger)),
    })),
    reasons: reasonsOf(surveys),
    csms: [...Map.groupBy(sent, ({ csm }) => csm?.id)]
      .map(([, theirs]) => ({
        name: theirs[0]?.csm?.name ?? '',
        sent: theirs.length,
        ...expected(theirs.length, rates),
      }))
      .toSorted((one, other) => other.sent - one.sent || one.name.localeCompare(other.name)),
    weeks: weeksOf(sent, from, to),
  };
}

function countsOf(surveys: readonly PlannedSurvey[]) {
  const count = (status: PlannedSurvey['outcome']['status']) =>
    surveys.filter(({ outcome }) => outcome.status === status).length;
  return { sent: count('Sent'), suppressed: count('Suppressed'), deferred: count('Deferred') };
}

function reasonsOf(surveys: readonly PlannedSurvey[]): PlanSummary['reasons'] {
  const refusals = surveys.flatMap(({ outcome }) => (outcome.status === 'Sent' ? [] : [outcome]));
  return [...Map.groupBy(refusals, ({ code }) => code)]
    .map(([code, all]) => ({ code, moments: all.length, example: all[0]?.reason ?? '' }))
    .toSorted((one, other) => other.moments - one.moments || one.code.localeCompare(other.code));
}

function weeksOf(sent: readonly PlannedSurvey[], from: string, to: string): PlanSummary['weeks'] {
  const [first, last] = [dayOfDate(from), dayOfDate(to)];
  return Array.from({ length: Math.ceil((last - first + 1) / 7) }, (_, week) => {
    const begins = dateOfDay(first + week * 7);
    const ends = dateOfDay(Math.min(first + week * 7 + 6, last));
    return {
      from: begins,
      to: ends,
      sent: sent.filter(({ decidedOn }) => decidedOn >= begins && decidedOn <= ends).length,
    };
  });
}
