import { inOrder, whyAsked } from '../nps/contact-choice.ts';
import { utcDate } from '../nps/days.ts';
import { type AccountFacts, canBeWrittenFrom } from '../nps/eligibility.ts';
import { languageFor } from '../nps/language.ts';
import { merge } from '../nps/merge-fields.ts';
import { momentKey } from '../nps/moment.ts';
import { renewalBranch } from '../nps/renewal.ts';
import type { Settings } from '../nps/settings.ts';
import { subjectsIn } from '../nps/trigger-texts.ts';
import { type AccountPlan, type Known, planFor, type UnsentSurvey } from './account-plan.ts';
import { type LetterParts, letterFor } from './letter.ts';
import { firstMail } from './mail-order.ts';
import type { Item, Letter, MailOrder, Person, Rehearsal, RehearsalOptions, SurveyDecision, Trigger } from './ports.ts';

export interface RehearsalParts extends LetterParts {
  /** False for addresses that must not be mailed from a copy of the org. */
  mayBeMailed: (email: string) => boolean;
}

/** What was decided about the moment, and the mail it is about. */
export interface Rehearsed {
  outcome: SurveyDecision['outcome'];
  order: MailOrder | null;
  csmId: string | null;
  trigger: Trigger | undefined;
  account: AccountFacts;
  settings: Settings;
}

/** Decides and renders what the service would if the moment came now, by the service's own rules; nothing is written. */
export async function rehearse(options: RehearsalOptions, parts: RehearsalParts): Promise<Rehearsal> {
  const decision = await decided(options, parts);
  const { outcome, order, trigger } = decision;
  const letter = order && trigger && !trigger.problem ? await letterFor(order, parts) : null;
  const { name: company } = await parts.org.organization();
  const subject = (text: string | undefined) =>
    order
      ? merge(text ?? '', { company, account: { name: order.accountName }, contact: order.to, csm: order.from })
      : '';
  const subjects = trigger && order ? subjectsIn(trigger, order.language) : undefined;
  return {
    outcome,
    sentence: sentenceOf(options, decision, letter),
    letter: letter && 'problem' in letter ? null : letter,
    subjects: { A: subject(subjects?.subject), B: subject(subjects?.secondSubject) },
  };
}

/** The decision, before its mail is made. @throws when the account cannot be found */
export async function decided(
  options: RehearsalOptions,
  { org, clock, mayBeMailed, stationery: { languages } }: RehearsalParts,
): Promise<Rehearsed> {
  const { accountId } = options;
  const now = clock.now();
  const [triggers, settings, facts, surveys] = await Promise.all([
    org.triggers(),
    org.settings(),
    org.accountFacts([accountId]),
    org.surveys([], [accountId]),
  ]);
  const account = facts.get(accountId);
  if (!account) throw new Error(`There is no account ${accountId}, or the service cannot see it.`);
  // Without the outbox nobody knows whether a queued mail left a moment ago.
  const unsent = [...surveys.values()].filter((survey): survey is UnsentSurvey => survey.asked !== null);
  const known: Known = { triggers, settings, decided: new Map(), unsent, mayBeMailed, languages, now };
  const event = rehearsedEvent(options, now);
  const plan = planFor([event], account, known);
  return {
    outcome: outcomeIn(plan, momentKey(event.payload.moment)),
    order: orderIn(plan, event) ?? orderAnyway(event, account, { triggers, settings, languages, now }),
    csmId: account.csmCandidates.find(canBeWrittenFrom)?.id ?? null,
    trigger: triggers.get(options.trigger.toLowerCase()),
    account,
    settings,
  };
}

/** The moment as an event would bring it now; its source is no record, so that no real moment has its key. */
function rehearsedEvent({ accountId, trigger, contactId }: RehearsalOptions, now: Date): Item<'event'> {
  const moment = { trigger, sourceId: `rehearsal ${accountId}`, anchorDate: utcDate(now) };
  const payload = { eventUuid: 'rehearsal', moment, accountId, contactId, publishedAt: now.toISOString() };
  return { id: 0, attempts: 0, lane: 'event', key: 'rehearsal', accountId, payload, dueAt: now };
}

function outcomeIn({ write }: AccountPlan, key: string): SurveyDecision['outcome'] {
  const decision = write.decisions.find(({ surveyKey }) => surveyKey === key);
  if (!decision) throw new Error('The moment was not decided.');
  return decision.outcome;
}

function orderIn({ mails }: AccountPlan, { payload }: Item<'event'>): MailOrder | undefined {
  const key = momentKey(payload.moment);
  return mails.map(({ payload: order }) => order).find(({ surveyKey }) => surveyKey === key);
}

/** The mail of a moment that is not asked about: to whom it would go if nothing spoke against it. */
function orderAnyway(
  { payload: { moment, contactId }, dueAt }: Item<'event'>,
  account: AccountFacts,
  { triggers, settings, languages, now }: Pick<Known, 'triggers' | 'settings' | 'languages' | 'now'>,
): MailOrder | null {
  const contact = inOrder(account.contacts, contactId, settings.contactRole).find(({ email }) => email !== null);
  const csm = account.csmCandidates.find(canBeWrittenFrom);
  if (!contact?.email || !csm) return null;
  const language = languageFor(contact.language, languages, settings.defaultLanguage);
  const about = { accountId: account.id, accountName: account.name, trigger: moment.trigger, language };
  const isRenewal = triggers.get(moment.trigger.toLowerCase())?.kind === 'Renewal Mail';
  const branch = isRenewal ? branchAnyway(account, contact, { settings, now }) : null;
  const to = { ...contact, email: contact.email };
  return firstMail({ surveyKey: momentKey(moment), ...about, branch, isRecovery: false, contact: to, csm }, dueAt)
    .payload;
}

/** The one that would be written once what it waits for is over. */
function branchAnyway(
  { answers }: AccountFacts,
  { id }: { id: string },
  { settings, now }: Pick<Known, 'settings' | 'now'>,
) {
  const found = renewalBranch(answers, id, { now, windowDays: settings.rollingWindowDays });
  return 'branch' in found ? found.branch : 'Issue Acknowledgment';
}

function sentenceOf(
  { trigger: triggerName, contactId }: RehearsalOptions,
  { outcome, trigger, account, order, settings }: Rehearsed,
  letter: Letter | { problem: string } | null,
): string {
  const name = trigger?.name ?? triggerName;
  const would = trigger?.kind === 'Renewal Mail' ? 'write to' : 'ask';
  if (outcome.status !== 'Queued') {
    const again = outcome.status === 'Deferred' ? ` It would be decided again on ${outcome.notBefore}.` : '';
    return `${name} would not ${would} ${account.name} now, because: ${outcome.reason} (${outcome.code})${again}`;
  }
  if (!letter || 'problem' in letter) {
    return `${name} would ${would} ${account.name}, but its mail could not be sent, because: ${letter?.problem} (MAIL_REFUSED)`;
  }
  const standing = standingOf(order, account);
  const contact = account.contacts.find(({ email }) => email === order?.to.email);
  const why = contact
    ? ` and of its contacts who may be ${would === 'ask' ? 'asked' : 'written to'} ${contact.name} comes first: ${whyAsked(contact, contactId, settings.contactRole)}`
    : '';
  return `${name} would ${would} ${person(letter.to)} at ${account.name} from ${person(letter.from)}, because the trigger is active, ${standing}${why}.`;
}

function standingOf(order: MailOrder | null, { lastSurveyedAt }: AccountFacts): string {
  if (order?.template === 'renewal') return `by the account's answers the mail is ${order.branch}`;
  return `the account ${lastSurveyedAt ? `was last asked on ${utcDate(lastSurveyedAt)}` : 'was never asked'}`;
}

function person({ name, email }: Person): string {
  return `${name} <${email}>`;
}
