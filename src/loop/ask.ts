import { utcDay } from '../nps/days.ts';
import type { UserFacts } from '../nps/eligibility.ts';
import { isProposal, isUnsubscribe, type LinkKeys, type Proposal, type SurveyLink } from '../nps/link.ts';
import { RECOVERY } from '../nps/recovery.ts';
import { RENEWAL_TEMPLATES, type RenewalBranch } from '../nps/renewal.ts';
import { SCORES } from '../nps/score.ts';
import { zoneOf } from '../nps/send-window.ts';
import { mayLeave } from './pace.ts';
import type {
  Clock,
  Item,
  Letter,
  Log,
  MailOrder,
  NewItem,
  Postbox,
  Receipt,
  RenderedMail,
  Spool,
  Stationery,
  SurveyRecord,
} from './ports.ts';
import { reasonOf } from './reason.ts';
import { replyTo } from './reply.ts';
import { type SenderParts, senderOf } from './sender.ts';
import { stillWanted } from './still-wanted.ts';
import { invitationWords, renewalWords, speakingTrigger } from './trigger-words.ts';
import { retryLater } from './worker.ts';

export interface AskParts extends SenderParts {
  spool: Spool;
  postbox: Postbox;
  stationery: Stationery;
  links: LinkKeys;
  /** Where customers reach the service, without a slash at the end. */
  publicUrl: string;
  /** The address by which the replies to a survey's mails come to the service; null where they go to the CSM. */
  replyAddress: (surveyKey: string) => string | null;
  clock: Clock;
  log: Log;
  /** False for addresses that must not be mailed from a copy of the org. */
  mayBeMailed: (email: string) => boolean;
  /** True for a refusal that no later try will change. */
  isRefusedForGood: (error: unknown) => boolean;
}

/** What a mail is made from. */
export type LetterParts = SenderParts & Pick<AskParts, 'stationery' | 'links' | 'publicUrl' | 'replyAddress' | 'clock'>;

const MAILS_AT_ONCE = 10;

/** A survey has at most one invitation, and its response at most one mail for each step, whatever happens twice. */
export function mailKey(
  order: Pick<MailOrder, 'surveyKey' | 'again'> & ({ step: string } | { template: 'invitation' | 'renewal' }),
): string {
  const first = `${order.surveyKey}:${'step' in order ? `step:${order.step}` : order.template}`;
  return order.again === undefined ? first : `${first}:again:${order.again}`;
}

/** The same mail once more because somebody asked for it then: another one than the first. */
export function onceMore({ payload, dueAt }: NewItem<'mail'>, askedAt: Date): NewItem<'mail'> {
  return mailItem({ ...payload, again: askedAt.toISOString() }, dueAt);
}

export function mailItem(order: MailOrder, dueAt: Date): NewItem<'mail'> {
  return {
    lane: 'mail',
    key: mailKey(order),
    accountId: order.accountId,
    payload: order,
    dueAt,
  };
}

/** The mail of a survey that was decided to be sent and whose mail may have been lost on the way. */
export function resumedMail(
  { accountId, contact, csm, recovery, resendAskedAt, ...survey }: SurveyRecord,
  dueAt: Date,
): NewItem<'mail'>[] {
  if (!accountId || !contact?.email || !csm?.email) return [];
  const again = resendAskedAt && { again: resendAskedAt.toISOString() };
  const about = { ...survey, ...again, surveyKey: survey.key, accountId, isRecovery: recovery !== null };
  return [firstMail({ ...about, contact, csm: { ...csm, email: csm.email } }, dueAt)];
}

export interface FirstContact {
  surveyKey: string;
  /** As in MailOrder. */
  again?: string;
  /** What a renewal mail says; null for a survey. */
  branch: RenewalBranch | null;
  accountId: string;
  accountName: string;
  trigger: string;
  language: string;
  isRecovery: boolean;
  contact: MailOrder['to'];
  csm: MailOrder['from'] & Pick<UserFacts, 'timeZone'>;
}

/** The mail that asks, or the one about a renewal; its links and words come when it is sent. */
export function firstMail({ branch, isRecovery, contact, csm, ...survey }: FirstContact, dueAt: Date): NewItem<'mail'> {
  const { name, firstName, email } = contact;
  const to = { name, firstName, email, timeZone: zoneOf(contact.timeZone, csm.timeZone) };
  const from = { name: csm.name, email: csm.email, phone: csm.phone ?? null };
  const { surveyKey, again, accountId, accountName, trigger, language } = survey;
  const about = { surveyKey, ...(again && { again }), accountId, accountName, trigger, language, to, from };
  if (branch) return mailItem({ ...about, template: 'renewal', branch }, dueAt);
  return mailItem({ ...about, template: 'invitation', ...(isRecovery && { occasion: RECOVERY }) }, dueAt);
}

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
    ...{ kind: 'mail-sent', ...about, sentAt, from: from.email, subject },
    ...(subjectVariant && { subjectVariant }),
    ...(offerVariant && { offerVariant }),
    ...(ask && { ask }),
  };
  await spool.settle({ done: [item], put: [receiptOf(item, receipt, clock)] });
}

function receiptOf({ key, accountId }: Item<'mail'>, payload: Receipt, clock: Clock): NewItem<'receipt'> {
  return { lane: 'receipt', key, accountId, payload, dueAt: clock.now() };
}

/** The mail of an order, ready for the post, or why nobody may send it. @throws while its trigger cannot be used */
export async function letterFor(order: MailOrder, parts: LetterParts): Promise<Letter | { problem: string }> {
  const sender = await senderOf(order, parts);
  if ('problem' in sender) return sender;
  const { surveyKey, template, to } = order;
  const unsubscribeUrl = template === 'invitation' ? linkUrl(order, 'unsubscribe', parts) : undefined;
  return {
    key: mailKey(order),
    ...sender,
    replyTo: { ...sender.replyTo, email: parts.replyAddress(surveyKey) ?? sender.replyTo.email },
    to: { name: to.name, email: to.email },
    ...(await rendered(order, parts)),
    // RFC 8058: one click leaves surveys, and only surveys.
    headers: unsubscribeUrl
      ? { 'List-Unsubscribe': `<${unsubscribeUrl}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
      : {},
    customArgs: { survey_key: surveyKey, account_id: order.accountId, template },
  };
}

type Rendered = RenderedMail & Pick<Letter, 'subjectVariant' | 'offerVariant'>;

async function rendered(order: MailOrder, parts: LetterParts): Promise<Rendered> {
  const { org, stationery } = parts;
  const { name: company, postalAddress } = await org.organization();
  const facts = {
    ...{ company, postalAddress },
    account: { name: order.accountName },
    contact: { name: order.to.name, firstName: order.to.firstName },
    csm: { ...order.from, phone: order.from.phone ?? '' },
    language: order.language,
  };
  if (order.template !== 'invitation' && order.template !== 'renewal') {
    const linkTo = (proposal: Proposal) => linkUrl(order, proposal, parts);
    const { reply, ...variant } = replyTo(order, facts, await org.offerings(), linkTo);
    return { ...stationery.mail(order.template, reply), ...variant };
  }
  const asking = {
    ...facts,
    scoreLinks: SCORES.map((score) => ({ score, url: linkUrl(order, score, parts) })),
    unsubscribeUrl: linkUrl(order, 'unsubscribe', parts),
  };
  if (order.template === 'invitation' && order.occasion === RECOVERY) return stationery.mail('re-survey', asking);
  const trigger = await speakingTrigger(order, org);
  if (order.template === 'renewal') {
    return stationery.mail(RENEWAL_TEMPLATES[order.branch], { ...facts, ...renewalWords(trigger, facts) });
  }
  const { subjectVariant, ...words } = invitationWords(order.surveyKey, trigger, facts);
  return { ...stationery.mail('invitation', { ...asking, ...words }), subjectVariant };
}

function linkUrl(order: MailOrder, choice: SurveyLink['choice'], parts: LetterParts): string {
  const { surveyKey, accountId, trigger, language } = order;
  const token = parts.links.sign({
    surveyKey,
    accountId,
    trigger,
    language,
    choice,
    issuedOn: utcDay(parts.clock.now()),
  });
  const page = isUnsubscribe(choice) ? 'u' : isProposal(choice) ? 'p' : 'a';
  return `${parts.publicUrl}/${page}/${token}`;
}
