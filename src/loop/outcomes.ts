import { DAY_MS, utcDate } from '../nps/days.ts';
import { judgedAnswers, judgedBefore, leftOn } from '../nps/departure.ts';
import { metricRows } from '../nps/metrics.ts';
import { everyDayAt } from '../nps/timetable.ts';
import type { OutcomeMark } from './ports.ts';
import type { SweepParts, Tick } from './sweep.ts';

/** Marks each night what reports cannot find out for themselves; an installation that stands by marks nothing. */
export function outcomeTick(parts: SweepParts): Tick {
  return {
    name: 'outcomes',
    when: everyDayAt(2, 45),
    async run() {
      if (await parts.spool.holdsLease()) await markOutcomes(parts);
    },
  };
}

/**
 * Marks which opportunities are renewals, which customers left, which answers stand for their accounts where churn is
 * counted and what their accounts pay, and writes what the follow-up metrics come to: in this order, as each follows from
 * the one before. What is marked rightly is not written again.
 */
export async function markOutcomes({ org, clock, log }: Pick<SweepParts, 'org' | 'clock' | 'log'>): Promise<void> {
  const now = clock.now();
  const write = async (marks: readonly OutcomeMark[]) => {
    const refused = await org.writeOutcomes(marks);
    if (refused.length === 0) return;
    log.warn(
      { refused: refused.length, reason: refused[0] },
      'Marks for reports were refused; the next night tries again.',
    );
  };

  await write(await org.wrongRenewals());

  const departures = await org.departureFacts();
  await write(
    departures.flatMap((facts): OutcomeMark[] => {
      const day = leftOn(facts, utcDate(now));
      return day === null ? [] : [{ of: 'account', id: facts.accountId, leftOn: day }];
    }),
  );

  const { answers, judged } = await org.detractorAnswers(judgedBefore(now));
  const right = judgedAnswers(answers, now);
  const marks = (ids: readonly string[], isJudged: boolean) =>
    ids.map((id): OutcomeMark => ({ of: 'response', id, isJudged }));
  const missing = [...right].filter((id) => !judged.has(id));
  const wrong = [...judged].filter((id) => !right.has(id));
  await write([...marks(missing, true), ...marks(wrong, false)]);

  await write(await org.missingRevenues());

  const { rollingWindowDays, targets } = await org.settings();
  const window = await org.followedAnswers(new Date(now.getTime() - rollingWindowDays * DAY_MS));
  await org.writeMetrics(metricRows(window, targets, now), { at: now, windowDays: rollingWindowDays });
}
