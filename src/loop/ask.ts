import { type LetterParts, letterFor } from './letter.ts';
import { mayLeave } from './pace.ts';
import type { Clock, Item, Letter, Log, NewItem, Postbox, Receipt, Spool } from './ports.ts';
import { reasonOf } from './reason.ts';
import { stillWanted } from './still-wanted.ts';
import { retryLater } from './worker.ts';

export interface AskParts extends LetterParts {
  spool: Spool;
  postbox: Postbox;
  log: Log;
  /** False for addresses that must not be mailed from a copy of the org. */
  mayBeMailed: (email: string) => boolean;
  /** True for a refusal that no later try will change. */
  isRefusedForGood: (error: unknown) => boolean;
}

const MAILS_AT_ONCE = 10;

/** Sends mails, each settled by itself, so that a crash repeats one mail at the most. */
export async function sendMails(items: Item<'mail'>[], parts: AskParts): Promise<void> {
  const wanted = await stillWanted(await mayLeave(items, parts), parts);
  for (let start = 0; start < wanted.length; start += MAILS_AT_ONCE) {
    await Promise.all(wanted.slice(start, start + MAILS_AT_ONCE).map((item) => sendMail(item, parts)));
  }
}

async function sendMail(item: Item<'mail'>, parts: AskParts): Promise<void> {
  const { spool, postbox, clock, log, isRefusedForGood, mayBeMailed } = parts;
  const { template, surveyKey, to } = item.payload;
  const facts = { template, survey: surveyKey };
  const about = { template, surveyKey, ...('step' in item.payload && { step: item.payload.step }) };
  const refuse = async (reason: string) => {
    log.error({ ...facts, reason }, 'A mail cannot be sent.');
    await spool.settle({
      done: [item],
      put: [receiptOf(item, { kind: 'mail-refused', ...about, reason }, clock)],
    });
  };
  if (!mayBeMailed(to.email)) return refuse('This org is a sandbox and the address is not on MAIL_ALLOWLIST.');
  let letter: Letter;
  try {
    const made = await letterFor(item.payload, parts);
    if ('problem' in made) return refuse(made.problem);
    letter = made;
    await postbox.send(letter);
  } catch (error) {
    const reason = reasonOf(error);
    if (isRefusedForGood(error)) return refuse(reason);
    log.warn({ ...facts, reason }, 'A mail could not be handed over and will be tried again.');
    await spool.settle({ retry: [retryLater(item, reason, clock)] });
    return;
  }
  log.info(facts, 'A mail was handed to the mail provider.');
  const sentAt = clock.now().toISOString();
  const { subjectVariant, offerVariant, from, subject } = letter;
  const ask = 'ask' in item.payload ? item.payload.ask : undefined;
  const receipt: Receipt = {
    kind: 'mail-sent',
    ...about,
    sentAt,
    from: from.email,
    subject,
    ...(subjectVariant && { subjectVariant }),
    ...(offerVariant && { offerVariant }),
    ...(ask && { ask }),
  };
  await spool.settle({ done: [item], put: [receiptOf(item, receipt, clock)] });
}

function receiptOf({ key, accountId }: Item<'mail'>, payload: Receipt, clock: Clock): NewItem<'receipt'> {
  return { lane: 'receipt', key, accountId, payload, dueAt: clock.now() };
}
