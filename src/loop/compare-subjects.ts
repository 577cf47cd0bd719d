import { DAY_MS } from '../nps/days.ts';
import { DAYS_TO_ANSWER, HISTORY_DAYS } from '../nps/forecast.ts';
import { compareSubjects } from '../nps/subject-comparison.ts';
import type { Clock, ComparedSubjects, Org, SubjectHistory, Trigger } from './ports.ts';

const NONE = { sent: 0, answered: 0, unproven: 0 };

/**
 * How the two subjects of every trigger did, for triggers that have two or had. Mails younger than two weeks are left
 * out: they may still be answered.
 */
export async function readSubjects(
  since: Date | undefined,
  { org, clock }: { org: Org; clock: Clock },
): Promise<ComparedSubjects[]> {
  const now = clock.now().getTime();
  const from = since ?? new Date(now - HISTORY_DAYS * DAY_MS);
  const until = new Date(now - DAYS_TO_ANSWER * DAY_MS);
  const [triggers, found] = await Promise.all([org.triggers(), org.subjectHistory(from, until)]);
  const history = new Map(found.map((one) => [one.trigger.toLowerCase(), one]));
  for (const [key, { name, secondSubject }] of triggers) {
    const nothingSent = { trigger: name, from, records: { A: NONE, B: NONE } };
    if (secondSubject !== '' && !history.has(key)) history.set(key, nothingSent);
  }
  return [...history.values()]
    .filter(({ trigger, records }) => subjectsOf(triggers.get(trigger.toLowerCase())).B !== '' || records.B.sent > 0)
    .toSorted((one, other) => one.trigger.localeCompare(other.trigger))
    .map((one) => compared(one, triggers.get(one.trigger.toLowerCase()), until));
}

function compared(history: SubjectHistory, trigger: Trigger | undefined, until: Date): ComparedSubjects {
  return { ...history, ...compareSubjects(history.records), subjects: subjectsOf(trigger), until };
}

function subjectsOf(trigger: Trigger | undefined): ComparedSubjects['subjects'] {
  return { A: trigger?.subject ?? '', B: trigger?.secondSubject ?? '' };
}
