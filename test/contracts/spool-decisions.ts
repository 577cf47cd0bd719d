import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sendMails } from '../../src/loop/ask.ts';
import { invite } from '../../src/loop/invite.ts';
import type { Clock, LifecycleEvent, Org, Spool } from '../../src/loop/ports.ts';
import { startWorker, type Worker } from '../../src/loop/worker.ts';
import { linkKeys } from '../../src/nps/link.ts';
import { fullRecordId } from '../../src/nps/moment.ts';
import { fakeOrg } from '../loop/fake-org.ts';
import { fakePostbox, logBook, plainStationery } from '../loop/fakes.ts';
import type { Bench } from './spool-storage.ts';

const WORKERS_A_SPOOL = 3;

/** Workers that decide at the same moment about the same accounts, over an org that takes its time to answer. */
export function decisionTests(bench: () => Bench): void {
  test('workers that decide at the same moment send an account one mail, for one of its moments', async () => {
    const { clock } = bench();
    const accounts = Array.from({ length: 12 }, (_, number) =>
      fullRecordId(`${1_000_000 + number}`.padStart(15, '001')),
    );
    const org = fakeOrg(clock);
    for (const account of accounts) org.addAccount(account);
    const postbox = fakePostbox();
    const spools = await bench().replicas();
    const workers = spools.flatMap((spool) =>
      Array.from({ length: WORKERS_A_SPOOL }, () => deciding(spool, slow(org), clock)),
    );
    const mailing = spools.map((spool) => mailer(spool, slow(org), clock, postbox));

    for (const trigger of ['First_Value', 'Pre_Renewal', 'First_Value']) {
      await Promise.all(
        accounts.map((account, number) => spools[number % spools.length]?.put([happened(trigger, account, clock)])),
      );
    }
    await expect
      .poll(() => spools[0]?.pending(), { timeout: 20_000 })
      .toEqual({ event: 0, command: 0, reply: 0, answer: 0, mail: 0, receipt: expect.any(Number) });
    await Promise.all([...workers, ...mailing].map((worker) => worker.stop()));

    expect(postbox.accepted.map(({ key }) => key).length).toBe(accounts.length);
    const decided = org.decisionsWritten.flatMap(({ decisions }) => decisions);
    const queuedAt = decided.filter(({ outcome }) => outcome.status === 'Queued').map(({ accountId }) => accountId);
    for (const { key } of postbox.accepted) {
      expect(org.surveysByKey.get(key.replace(':invitation', ''))?.status).toBe('Queued');
    }
    // One that gave way before its mail left was queued, too; no account has two at the end.
    expect(new Set(queuedAt)).toEqual(new Set(accounts));
    const standing = [...org.surveysByKey.values()].filter(({ status }) => status === 'Queued');
    expect(standing.map(({ accountId }) => accountId).toSorted()).toEqual(accounts.toSorted());
  });
}

let moments = 0;

/** Another moment each time, so that only the days between surveys keep a second mail from leaving. */
function happened(trigger: string, accountId: string, clock: Clock) {
  moments += 1;
  const publishedAt = clock.now().toISOString();
  const moment = { trigger, sourceId: `source ${moments}`, anchorDate: '2026-03-01' };
  const payload: LifecycleEvent = { eventUuid: `${moments}`, moment, accountId, publishedAt };
  return { lane: 'event' as const, key: `${moments}`, accountId, payload, dueAt: clock.now() };
}

function deciding(spool: Spool, org: Org, clock: Clock): Worker {
  const parts = { org, spool, clock, log: logBook() };
  const work = (items: Parameters<typeof invite>[0]) =>
    invite(items, { ...parts, mayBeMailed: () => true, languages: ['en'] });
  return startWorker({ ...parts, lane: 'event', batch: 3, gather: 0, work });
}

function mailer(spool: Spool, org: Org, clock: Clock, postbox: ReturnType<typeof fakePostbox>): Worker {
  const parts = { org, spool, clock, log: logBook(), postbox, stationery: plainStationery() };
  const links = linkKeys(['a secret of this season, long enough']);
  const asking = { ...parts, links, publicUrl: 'https://nps.us.example', mayBeMailed: () => true };
  const work = (items: Parameters<typeof sendMails>[0]) =>
    sendMails(items, {
      ...asking,
      isRefusedForGood: () => false,
      senderDomains: async () => new Set(['us.example']),
      fallbackFrom: null,
      replyAddress: () => null,
    });
  return startWorker({ ...parts, lane: 'mail', batch: 5, gather: 0, work });
}

/** An org whose answers are some milliseconds old when they arrive, as a real one's are. */
function slow(org: Org): Org {
  const late = async <T>(answer: Promise<T>): Promise<T> => {
    const told = await answer;
    await pause(5);
    return told;
  };
  return {
    ...org,
    accountFacts: (ids) => late(org.accountFacts(ids)),
    surveys: (keys, queuedAt) => late(org.surveys(keys, queuedAt)),
    async writeDecisions(decisions) {
      await pause(5);
      return org.writeDecisions(decisions);
    },
  };
}
