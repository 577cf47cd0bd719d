import { addressIn } from '../nps/automatic-mail.ts';
import type { UserFacts } from '../nps/eligibility.ts';
import type { Clock, CustomerReply, Letter, Postbox, Stationery, SurveyRecord } from './ports.ts';
import { type SenderParts, senderOf } from './sender.ts';

export interface ForwardParts extends SenderParts {
  postbox: Postbox;
  stationery: Stationery;
  clock: Clock;
}

/** Mail programs must not answer it by themselves: their answers would go to the customer. */
const NO_AUTOMATIC_REPLY = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

/**
 * A customer's reply as a mail to the CSM, whose own answer goes to the customer.
 *
 * @throws while nobody may send, in a sentence with the way out
 */
export async function forwarded(
  reply: CustomerReply,
  { key, accountName, contact, language }: SurveyRecord,
  csm: UserFacts & { email: string },
  parts: ForwardParts,
): Promise<Letter> {
  const person = { name: csm.name, email: csm.email };
  const sender = await senderOf({ from: person }, parts);
  if ('problem' in sender) throw new Error(sender.problem);
  const { name: company, postalAddress } = await parts.org.organization();
  const who = contact?.name ?? addressIn(reply.from);
  const mail = parts.stationery.mail('forwarded-reply', {
    company,
    postalAddress,
    language,
    account: { name: accountName },
    contact: { name: who, firstName: contact?.firstName ?? '' },
    csm: { ...person, phone: '' },
    subject: reply.subject,
    lines: reply.fullText.split('\n'),
    attachments: reply.attachments,
    score: reply.score === null ? '' : String(reply.score),
  });
  return {
    ...mail,
    key: `${key}:reply:${reply.id}`,
    to: person,
    from: { ...sender.from, name: `${who} (NPS)` },
    replyTo: { name: who, email: addressIn(reply.from) },
    headers: NO_AUTOMATIC_REPLY,
    // What becomes of it says nothing about the customer's address.
    customArgs: {},
  };
}
