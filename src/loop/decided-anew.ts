import { refusalOf } from '../nps/contact-choice.ts';
import { MINUTE_MS } from '../nps/days.ts';
import { type AccountFacts, decide } from '../nps/eligibility.ts';
import type { Settings } from '../nps/settings.ts';
import type { Clock, Org, Receipt, SurveyRecord, Trigger } from './ports.ts';

export interface DecidingParts {
  org: Org;
  clock: Clock;
  /** False for addresses that must not be mailed from a copy of the org. */
  mayBeMailed: (email: string) => boolean;
}

type Overtaken = Extract<Receipt, { kind: 'changed' | 'withdrawn' }>;

/** Everything a decision is made from. */
interface Known extends Pick<DecidingParts, 'mayBeMailed'> {
  triggers: ReadonlyMap<string, Trigger>;
  settings: Settings;
  accounts: ReadonlyMap<string, AccountFacts>;
  now: Date;
}

/** What leaves so soon after its decision is not looked at again. */
const SOON_MS = MINUTE_MS;

/**
 * What became of decisions while their mails waited, by the keys of their invitations; those that still hold are not
 * here. A survey is withdrawn from a contact who may not be written to any more. A renewal mail is decided again: one
 * that waited over a weekend must not praise somebody who complained on Sunday.
 */
export async function changedSince(
  surveys: readonly SurveyRecord[],
  { org, clock, mayBeMailed }: DecidingParts,
): Promise<ReadonlyMap<string, Overtaken>> {
  const now = clock.now();
  const judged = surveys.filter((survey) => !survey.isTest && (survey.branch !== null || hasWaited(survey, now)));
  if (judged.length === 0) return new Map();
  const accountIds = [...new Set(judged.flatMap(({ accountId }) => accountId ?? []))];
  const [triggers, settings, accounts] = await Promise.all([
    org.triggers(),
    org.settings(),
    org.accountFacts(accountIds),
  ]);
  const known = { triggers, settings, accounts, mayBeMailed, now };
  return new Map(
    judged.flatMap((survey) => {
      const overtaken = survey.branch === null ? withdrawn(survey, known) : changed(survey, known);
      return overtaken ? [[survey.key, overtaken] as const] : [];
    }),
  );
}

function hasWaited({ asked, since }: SurveyRecord, now: Date): boolean {
  return now.getTime() - (asked?.at ?? since).getTime() > SOON_MS;
}

function withdrawn({ key: surveyKey, accountId, contact }: SurveyRecord, known: Known): Overtaken | undefined {
  const chosen = known.accounts.get(accountId ?? '')?.contacts.find(({ id }) => id === contact?.id);
  const refusal = chosen && refusalOf(chosen, known);
  return refusal && { kind: 'withdrawn', surveyKey, code: refusal.code, reason: refusal.reason };
}

/** With a trigger that cannot be used the mail waits until the record is mended. */
function changed(survey: SurveyRecord, { triggers, accounts, now, ...circumstances }: Known): Overtaken | undefined {
  const { key: surveyKey, trigger: triggerName, contact, branch, since: happenedAt } = survey;
  const trigger = triggers.get(triggerName.toLowerCase());
  if (!trigger || trigger.problem) return undefined;
  const account = accounts.get(survey.accountId ?? '');
  const decision = decide({ trigger, triggerName, account, contactId: contact?.id, happenedAt, now, ...circumstances });
  if (decision.send && decision.contact.id === contact?.id && decision.branch === branch) return undefined;
  const reason = decision.send
    ? 'Who is written to, or what the mail says, has changed since it was decided.'
    : decision.reason;
  return { kind: 'changed', surveyKey, reason, at: now.toISOString() };
}
