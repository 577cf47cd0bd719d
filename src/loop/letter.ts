import { utcDay } from '../nps/days.ts';
import { isProposal, isUnsubscribe, type LinkKeys, type Proposal, type SurveyLink } from '../nps/link.ts';
import { RECOVERY } from '../nps/recovery.ts';
import { RENEWAL_TEMPLATES } from '../nps/renewal.ts';
import { SCORES } from '../nps/score.ts';
import { mailKey } from './mail-order.ts';
import type { Clock, Letter, MailOrder, RenderedMail, Stationery } from './ports.ts';
import { replyTo } from './reply.ts';
import { type SenderParts, senderOf } from './sender.ts';
import { invitationWords, renewalWords, speakingTrigger } from './trigger-words.ts';

/** What a mail is made from. */
export interface LetterParts extends SenderParts {
  stationery: Stationery;
  links: LinkKeys;
  /** Where customers reach the service, without a slash at the end. */
  publicUrl: string;
  /** The address by which the replies to a survey's mails come to the service; null where they go to the CSM. */
  replyAddress: (surveyKey: string) => string | null;
  clock: Clock;
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
    company,
    postalAddress,
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
