import { decide } from '../nps/eligibility.ts';
import type { Clock, Org, Receipt, SurveyRecord, Trigger } from './ports.ts';

export interface DecidingParts {
  org: Org;
  clock: Clock;
  /** False for addresses that must not be mailed from a copy of the org. */
  mayBeMailed: (email: string) => boolean;
}

/** A renewal mail whose trigger can be used; with any other it waits until the record is mended. */
interface DecidedMail {
  survey: SurveyRecord;
  trigger: Trigger;
}

/**
 * Renewal mails that would not be decided so any more, by the keys of their invitations. One that waited over a weekend
 * must not praise somebody who complained on Sunday.
 */
export async function changedSince(
  surveys: readonly SurveyRecord[],
  { org, clock, mayBeMailed }: DecidingParts,
): Promise<ReadonlyMap<string, Extract<Receipt, { kind: 'changed' }>>> {
  const renewals = surveys.filter(({ branch }) => branch !== null);
  if (renewals.length === 0) return new Map();
  const accountIds = [...new Set(renewals.flatMap(({ accountId }) => accountId ?? []))];
  const [triggers, settings, facts] = await Promise.all([org.triggers(), org.settings(), org.accountFacts(accountIds)]);
  const now = clock.now();

  const changeOf = ({ survey, trigger }: DecidedMail): string | undefined => {
    const decision = decide({
      ...{ trigger, triggerName: survey.trigger, account: facts.get(survey.accountId ?? '') },
      ...{ contactId: survey.contact?.id, happenedAt: survey.since, now, mayBeMailed, settings },
    });
    if (!decision.send) return decision.reason;
    const isSame = decision.contact.id === survey.contact?.id && decision.branch === survey.branch;
    return isSame ? undefined : 'Who is written to, or what the mail says, has changed since it was decided.';
  };
  return new Map(
    renewals.flatMap((survey) => {
      const trigger = triggers.get(survey.trigger.toLowerCase());
      const reason = trigger && !trigger.problem ? changeOf({ survey, trigger }) : undefined;
      const { key: surveyKey } = survey;
      return reason ? [[surveyKey, { kind: 'changed', surveyKey, reason, at: now.toISOString() }] as const] : [];
    }),
  );
}
