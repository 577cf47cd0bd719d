import type { AskedDate } from '../nps/asked-date.ts';
import { type Candidate, decideInTurn, type Turn } from '../nps/decide-in-turn.ts';
import type { AccountFacts, Decision, TriggerRule } from '../nps/eligibility.ts';
import { languageFor } from '../nps/language.ts';
import { type Moment, momentKey } from '../nps/moment.ts';
import { RECOVERY_RULE, type Recovery } from '../nps/recovery.ts';
import type { Settings } from '../nps/settings.ts';
import { firstMail, resumedMail } from './mail-order.ts';
import type {
  AccountDecisions,
  Item,
  LifecycleEvent,
  NewItem,
  SurveyDecision,
  SurveyRecord,
  Trigger,
} from './ports.ts';

/** Everything one account's events lead to: what is committed, and the mails that may leave afterwards. */
export interface AccountPlan {
  items: Item<'event'>[];
  write: AccountDecisions;
  /** Keys of unsent surveys that give way to what is decided now. */
  givingWay: ReadonlySet<string>;
  mails: NewItem<'mail'>[];
}

/** A survey that could still be taken back: its mail waits in the outbox. */
export type UnsentSurvey = SurveyRecord & { asked: AskedDate };

/** What decisions are made from. */
export interface Known {
  triggers: ReadonlyMap<string, Trigger>;
  settings: Settings;
  /** Surveys by key. */
  decided: ReadonlyMap<string, SurveyRecord>;
  unsent: readonly UnsentSurvey[];
  mayBeMailed: (email: string) => boolean;
  /** Tags of the languages there are words for. */
  languages: readonly string[];
  now: Date;
}

/** What is to be decided about an account, as a lifecycle event or an unsent survey tells it. */
interface Due extends Candidate {
  moment: Moment;
}

/** Decides the events of one account together with its surveys that have not left. */
export function planFor(events: Item<'event'>[], account: AccountFacts | undefined, known: Known): AccountPlan {
  const { triggers, decided, languages, settings, now } = known;
  const languageOf = ({ contact }: Decision) =>
    languageFor(contact?.language ?? null, languages, settings.defaultLanguage);
  const ruleOf = ({ trigger }: Moment, recovery: Recovery | undefined) =>
    recovery ? RECOVERY_RULE : triggers.get(trigger.toLowerCase());
  const mails: NewItem<'mail'>[] = [];
  const candidates = new Map<string, Due>();
  for (const survey of known.unsent.filter(({ accountId }) => accountId === account?.id)) {
    candidates.set(survey.key, unsentCandidate(survey, ruleOf));
  }
  for (const { payload: event } of events.toSorted((one, other) => one.id - other.id)) {
    const surveyKey = momentKey(event.moment);
    const survey = decided.get(surveyKey);
    if (survey?.status === 'Queued') mails.push(...resumedMail(survey, now));
    if ((survey && !isDueAgain(survey, now)) || candidates.has(surveyKey)) continue;
    candidates.set(surveyKey, eventCandidate(event, ruleOf));
  }

  const turns = decideInTurn([...candidates.values()], account, known);
  for (const { candidate, decision } of turns) {
    if (!decision.send || !account) continue;
    const { contact, csm } = decision;
    const { moment, triggerName: trigger } = candidate;
    const about = { accountId: account.id, accountName: account.name, trigger, language: languageOf(decision) };
    const { branch = null } = decision;
    const isRecovery = candidate.recovery !== undefined;
    mails.push(firstMail({ surveyKey: momentKey(moment), ...about, branch, isRecovery, contact, csm }, now));
  }
  const decisions = turns.map((turn) => surveyDecision(turn, languageOf(turn.decision), now));
  const givingWay = turns.flatMap(({ candidate: { taken, moment } }) => (taken ? [momentKey(moment)] : []));
  return {
    items: events,
    write: { accountId: account?.id ?? null, decisions, contactDates: contactDates(turns) },
    givingWay: new Set(givingWay),
    mails,
  };
}

function isDueAgain({ status, notBefore }: SurveyRecord, now: Date): boolean {
  return status === 'Deferred' && notBefore !== null && notBefore <= now;
}

type RuleOf = (moment: Moment, recovery: Recovery | undefined) => TriggerRule | undefined;

function eventCandidate({ moment, contactId, publishedAt, recovery: told }: LifecycleEvent, ruleOf: RuleOf): Due {
  const recovery = told && { ...told, answeredAt: new Date(told.answeredAt) };
  const about = { moment, trigger: ruleOf(moment, recovery), triggerName: moment.trigger, recovery };
  return { ...about, contactId, happenedAt: new Date(publishedAt) };
}

function unsentCandidate(survey: UnsentSurvey, ruleOf: RuleOf): Due {
  const { trigger: triggerName, sourceId, anchorDate, contact, since, asked: taken } = survey;
  const moment = { trigger: triggerName, sourceId, anchorDate };
  const recovery = survey.recovery ?? undefined;
  const about = { moment, trigger: ruleOf(moment, recovery), triggerName, recovery };
  return { ...about, contactId: contact?.id, happenedAt: since, taken };
}

/** Contacts of surveys that give way, where another contact is asked instead. */
function contactDates(turns: readonly Turn<Due>[]): AccountDecisions['contactDates'] {
  const asked = turns.flatMap(({ decision }) => (decision.send ? [decision.contact.id] : []));
  return turns.flatMap(({ candidate: { taken, contactId }, before }) => {
    const contact = taken && before?.contacts.find(({ id }) => id === contactId);
    return contact && !asked.includes(contact.id) ? [{ id: contact.id, lastSurveyedAt: contact.lastSurveyedAt }] : [];
  });
}

function surveyDecision({ candidate, decision, before }: Turn<Due>, language: string, now: Date): SurveyDecision {
  const { moment, trigger, contactId, recovery = null } = candidate;
  const named = before?.contacts.find(({ id }) => id === contactId);
  return {
    surveyKey: momentKey(moment),
    kind: trigger?.kind ?? 'Survey',
    moment: { ...moment, trigger: trigger?.name ?? moment.trigger },
    accountId: before?.id ?? null,
    contactId: (decision.contact ?? named)?.id ?? null,
    csmId: decision.send ? decision.csm.id : null,
    language,
    recovery,
    outcome: outcomeOf(decision, before?.lastSurveyedAt ?? null, now),
  };
}

function outcomeOf(decision: Decision, accountBefore: Date | null, now: Date): SurveyDecision['outcome'] {
  if (decision.send && decision.branch) return { status: 'Queued', branch: decision.branch };
  if (decision.send) {
    return { status: 'Queued', asked: { at: now, accountBefore, contactBefore: decision.contact.lastSurveyedAt } };
  }
  const { code, reason, notBefore } = decision;
  return notBefore ? { status: 'Deferred', code, reason, notBefore } : { status: 'Suppressed', code, reason };
}
