import { DAY_MS, MINUTE_MS } from '../nps/days.ts';
import { everyDayAt, everyHourAt, everyMinutes, type Timetable } from '../nps/timetable.ts';
import { requestItem } from './commands.ts';
import { findMoments, takeUpDeferred } from './find-moments.ts';
import { resumedMail } from './mail-order.ts';
import type { Clock, Log, NewItem, Org, RequestPlace, Spool } from './ports.ts';
import { notAskedReceipt } from './still-wanted.ts';

export interface SweepParts {
  org: Org;
  spool: Spool;
  clock: Clock;
  log: Log;
}

/** Something done by the clock, by one replica. */
export interface Tick {
  name: string;
  when: Timetable;
  run(firedAt: Date): Promise<void>;
}

function openRequestKey(place: RequestPlace, firedAt: Date): string {
  return `open requests:${'surveyKey' in place ? place.surveyKey : place.contactId}:${firedAt.getTime()}`;
}

const RESUME_AFTER_MS = 10 * MINUTE_MS;
/** How long after an answer a first follow-up is still looked for. */
const NOTICE_FOR_MS = 180 * DAY_MS;
const KEEP_SETTLED_MS = 7 * DAY_MS;

/** Finds moments no event told of and what was left lying: answers whose quarantine is over, steps that fell due, follow-ups nobody told of, requests whose event was lost, mails that never left, writes that stayed incomplete. */
export function sweeps({ org, spool, clock, log }: SweepParts): Tick[] {
  const before = (milliseconds: number) => new Date(clock.now().getTime() - milliseconds);

  const review = async (found: readonly { surveyKey?: string; accountId: string }[], tick: string, firedAt: Date) => {
    const items = found.map(
      ({ surveyKey, accountId }): NewItem<'answer'> => ({
        lane: 'answer',
        key: `${tick}:${surveyKey ?? accountId}:${firedAt.getTime()}`,
        accountId,
        payload: { kind: 'review', accountId, ...(surveyKey && { surveyKey }) },
        dueAt: clock.now(),
      }),
    );
    if (items.length > 0) log.info({ tick, found: items.length }, 'Responses are looked at again.');
    await spool.put(items);
  };

  /** An installation that stands by finds nothing to send: whoever sends finds it. */
  const whileSending = (run: Tick['run']) => async (firedAt: Date) => {
    if (await spool.holdsLease()) await run(firedAt);
  };

  return [
    {
      name: 'due moments',
      when: everyHourAt(7),
      run: whileSending(() => findMoments({ org, spool, clock, log })),
    },
    {
      name: 'deferred surveys',
      when: everyHourAt(12),
      run: whileSending((firedAt) => takeUpDeferred(firedAt, { org, spool, clock, log })),
    },
    {
      name: 'verdicts',
      when: everyMinutes(5),
      async run(firedAt) {
        const quarantine = (await org.quarantineMinutes()) * MINUTE_MS;
        await review(await org.provisionalResponses(before(quarantine)), 'verdicts', firedAt);
      },
    },
    {
      name: 'sequence steps',
      when: everyMinutes(5),
      run: whileSending(async (firedAt) => review(await org.dueSteps(clock.now()), 'sequence steps', firedAt)),
    },
    {
      name: 'open requests',
      when: everyMinutes(10),
      run: whileSending(async (firedAt) => {
        const open = await org.openRequests(before(RESUME_AFTER_MS));
        await spool.put(open.map((place) => requestItem(place, openRequestKey(place, firedAt), clock.now())));
      }),
    },
    {
      name: 'follow-ups',
      when: everyMinutes(15),
      async run(firedAt) {
        await review(await org.unnoticedFollowUps(before(NOTICE_FOR_MS)), 'follow-ups', firedAt);
      },
    },
    {
      name: 'unsent mails',
      when: everyMinutes(10),
      run: whileSending(async () => {
        const surveys = await org.surveys(await org.queuedSurveys(before(RESUME_AFTER_MS)));
        await spool.put([...surveys.values()].flatMap((survey) => resumedMail(survey, clock.now())));
      }),
    },
    {
      name: 'dates to give back',
      when: everyHourAt(42),
      async run(firedAt) {
        const found = await org.surveysToGiveBack();
        const notSent = (surveyKey: string) => ({ kind: 'not-sent', surveyKey }) as const;
        await spool.put(
          found.map(({ surveyKey, accountId }) => notAskedReceipt(accountId, notSent(surveyKey), firedAt, clock.now())),
        );
      },
    },
    {
      name: 'incomplete writes',
      when: everyDayAt(2, 30),
      run: async (firedAt) => review(await org.incompleteResponses(), 'incomplete writes', firedAt),
    },
    {
      name: 'account numbers',
      when: everyDayAt(3, 0),
      run: async (firedAt) =>
        review(
          (await org.accountsWithResponses()).map((accountId) => ({ accountId })),
          'account numbers',
          firedAt,
        ),
    },
    {
      name: 'suppressed surveys',
      when: everyDayAt(3, 15),
      async run() {
        const { suppressedRetentionDays } = await org.settings();
        const deleted = await org.deleteSuppressed(before(suppressedRetentionDays * DAY_MS));
        if (deleted > 0) log.info({ deleted }, 'Old records of suppressed surveys were deleted.');
      },
    },
    { name: 'pruning', when: everyDayAt(3, 30), run: () => spool.prune(before(KEEP_SETTLED_MS)) },
  ];
}
