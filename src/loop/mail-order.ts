import type { UserFacts } from '../nps/eligibility.ts';
import { RECOVERY } from '../nps/recovery.ts';
import type { RenewalBranch } from '../nps/renewal.ts';
import { zoneOf } from '../nps/send-window.ts';
import type { MailOrder, NewItem, SurveyRecord } from './ports.ts';

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
