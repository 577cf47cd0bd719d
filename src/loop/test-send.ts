import { isUsable } from '../nps/contact-choice.ts';
import { utcDate } from '../nps/days.ts';
import { momentKey } from '../nps/moment.ts';
import { letterFor } from './letter.ts';
import type { Letter, Postbox, RehearsalOptions, TestSent, WriteOutcome } from './ports.ts';
import { reasonOf } from './reason.ts';
import { decided, type RehearsalParts } from './rehearse.ts';

export interface TestParts extends RehearsalParts {
  postbox: Postbox;
  /** Something that was never handed out before; it makes this test's survey another one than the last one's. */
  unique: () => string;
}

/**
 * Sends an account's mail to somebody else than its contact. The survey is a test: it belongs to no contact, takes no
 * date, and its answer counts nowhere. It does not ask whether the moment would be asked about now, because a mail is
 * looked at before its trigger is active; all that makes a mail impossible stops it.
 *
 * @throws when the mail cannot be made, the address must not be mailed, or the org or the mail provider refuses
 */
export async function sendTest(options: RehearsalOptions, address: string, parts: TestParts): Promise<TestSent> {
  const { org, clock, postbox, mayBeMailed, unique } = parts;
  if (!isUsable(address)) throw new Error(`${address} cannot be mailed: it is no address of a mail server.`);
  if (!mayBeMailed(address)) {
    throw new Error(`This org is a sandbox and ${address} is not on MAIL_ALLOWLIST. Add it, then try again.`);
  }
  const { order, csmId, trigger } = await decided(options, parts);
  if (!trigger) throw new Error(`No NPS Trigger record is named "${options.trigger}".`);
  if (!order) throw new Error('The account has no contact with an address, or nobody who could be the sender.');

  const moment = { trigger: trigger.name, sourceId: options.accountId, anchorDate: utcDate(clock.now()) };
  const surveyKey = momentKey({ ...moment, sourceId: `test ${unique()}` });
  const letter = await letterFor({ ...order, surveyKey, to: { ...order.to, email: address } }, parts);
  if ('problem' in letter) throw new Error(letter.problem);
  const { accountId, language } = order;
  written(await org.writeTestSurvey({ surveyKey, kind: trigger.kind, moment, accountId, csmId, language }));
  const about = { template: order.template, surveyKey };
  const tell = async (receipt: Parameters<typeof org.writeReceipts>[0][number]) => {
    for (const outcome of await org.writeReceipts([receipt])) written(outcome);
  };
  try {
    await postbox.send(letter);
  } catch (error) {
    const reason = reasonOf(error);
    await tell({ kind: 'mail-refused', ...about, reason });
    throw error;
  }
  await tell({ kind: 'mail-sent', ...about, sentAt: clock.now().toISOString(), ...sentAs(letter) });
  return { surveyKey, letter };
}

function sentAs({ from, subject, subjectVariant }: Letter) {
  return { from: from.email, subject, ...(subjectVariant && { subjectVariant }) };
}

function written(outcome: WriteOutcome): void {
  if (!outcome.written) throw new Error(`Salesforce refused the survey of the test: ${outcome.reason}`);
}
