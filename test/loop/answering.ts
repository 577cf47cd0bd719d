import type { GivenAnswer } from '../../src/loop/ports.ts';
import { writeBack } from '../../src/loop/write-back.ts';
import { fakeOrg } from './fake-org.ts';
import { ACME, logBook, movableClock } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

/** An org with one account, and answers that travel to it. */
export function answering() {
  const clock = movableClock();
  const spool = memorySpool(clock);
  const org = fakeOrg(clock);
  const log = logBook();
  org.addAccount(ACME);

  const work = async () => writeBack(await spool.claim('answer', 500), { org, spool, clock, log });

  /** Each answer is given a second after the one before. */
  const give = async (...answers: (Partial<GivenAnswer> & { surveyKey: string })[]) => {
    for (const given of answers) {
      const answeredAt = clock.now().toISOString();
      const accountId = given.accountId ?? ACME;
      const answer: GivenAnswer = {
        ...{
          accountId,
          trigger: 'Pre_Renewal',
          language: 'en',
          score: 9,
          verbatim: '',
          evidence: 'gesture',
          answeredAt,
        },
        ...given,
      };
      const key = `${answer.surveyKey}:${answer.answeredAt}`;
      await spool.put([{ lane: 'answer', key, accountId, payload: { kind: 'given', answer }, dueAt: clock.now() }]);
      clock.advance(1_000);
    }
    await work();
  };

  const review = async (surveyKey?: string, accountId = ACME) => {
    const key = `review of ${surveyKey ?? accountId} at ${clock.now().toISOString()}`;
    const payload = { kind: 'review' as const, accountId, ...(surveyKey && { surveyKey }) };
    await spool.put([{ lane: 'answer', key, accountId, payload, dueAt: clock.now() }]);
    await work();
  };

  return {
    ...{ clock, spool, org, log, work, give, review },
    mails: () => spool.open('mail').map(({ payload }) => `${payload.template} to ${payload.to.name}`),
    numbers: () => org.accounts.get(ACME)?.numbers,
    tasks: () => org.changesWritten.flatMap(({ responses }) => responses.flatMap(({ tasks }) => tasks)),
  };
}
