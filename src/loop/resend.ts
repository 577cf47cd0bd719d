import { utcDate } from '../nps/days.ts';
import type { AccountFacts, Decision } from '../nps/eligibility.ts';
import { languageFor } from '../nps/language.ts';
import { RECOVERY_RULE } from '../nps/recovery.ts';
import { done, notDone, type Requested } from '../nps/request.ts';
import { decideResend } from '../nps/resend.ts';
import type { InviteParts } from './invite.ts';
import { resumedMail } from './mail-order.ts';
import type { Item, SurveyDecision, SurveyRecord } from './ports.ts';
import { reasonOf } from './reason.ts';
import { retryLater } from './worker.ts';

/**
 * Sends a contact's last invitation once more because somebody asked for it. It is decided anew and committed before
 * the mail is ordered, as every invitation is; whoever asked reads on the contact what came of it.
 */
export async function sendAgain(item: Item<'command'>, parts: InviteParts): Promise<void> {
  const { org, spool, clock, log } = parts;
  const { recordId: contactId } = item.payload;
  try {
    const request = await org.resendRequest(contactId);
    if (!request) {
      log.warn({ ...item.payload }, 'A command was left alone: the contact asks for nothing any more.');
      return spool.settle({ done: [item] });
    }
    const { requested, invitation } = request;
    const result = invitation
      ? await resent(invitation, requested, parts)
      : notDone(requested, 'No invitation was ever sent to the contact.');
    await org.answerResend(contactId, { askedAt: requested.at, result });
    log.info({ survey: invitation?.key, result }, 'A request to send an invitation once more was answered.');
    await spool.settle({ done: [item] });
  } catch (error) {
    const reason = reasonOf(error);
    log.warn({ reason }, 'An invitation could not be sent once more and will be tried again.');
    await spool.settle({ retry: [retryLater(item, reason, clock)] });
  }
}

/** What came of it, for whoever asked. @throws while Salesforce cannot be reached */
async function resent(invitation: SurveyRecord, requested: Requested, parts: InviteParts): Promise<string> {
  const { org, spool, clock } = parts;
  const { key, accountId, resendAskedAt, status } = invitation;
  // A process that died right after its decision left it so.
  const isDecided = status === 'Queued' && resendAskedAt?.getTime() === requested.at.getTime();
  if (!isDecided) {
    const account = (await org.accountFacts(accountId ? [accountId] : [])).get(accountId ?? '');
    const decision = await decided(invitation, account, parts);
    if (!decision.send || !account) return notDone(requested, 'reason' in decision ? decision.reason : '');
    const write = await written(invitation, decision, account, requested.at, parts);
    const [outcome] = await org.writeDecisions([{ accountId: account.id, decisions: [write], contactDates: [] }]);
    if (outcome && !outcome.written && outcome.transient) throw new Error(outcome.reason);
    if (outcome && !outcome.written) return notDone(requested, `Salesforce refused it: ${outcome.reason}`);
  }
  const asItIs = (await org.surveys([key])).get(key);
  if (asItIs) await spool.put(resumedMail(asItIs, clock.now()));
  return done(`The invitation of ${utcDate(invitation.since)} goes out once more, asked for`, requested);
}

async function decided(invitation: SurveyRecord, account: AccountFacts | undefined, parts: InviteParts) {
  const { org, clock, mayBeMailed } = parts;
  const { status, contact, asked, recovery, trigger: triggerName, since: happenedAt } = invitation;
  const [triggers, settings] = await Promise.all([org.triggers(), org.settings()]);
  const trigger = recovery ? RECOVERY_RULE : triggers.get(triggerName.toLowerCase());
  return decideResend(
    { status, contactId: contact?.id ?? null, asked },
    {
      trigger,
      triggerName,
      account,
      happenedAt,
      settings,
      mayBeMailed,
      ...(recovery && { recovery }),
      now: clock.now(),
    },
  );
}

async function written(
  { key, recovery, branch, ...moment }: SurveyRecord,
  { contact, csm, branch: saysNow }: Extract<Decision, { send: true }>,
  account: AccountFacts,
  resendAskedAt: Date,
  { org, clock, languages }: InviteParts,
): Promise<SurveyDecision> {
  const { trigger, sourceId, anchorDate } = moment;
  const { defaultLanguage } = await org.settings();
  const current = account.contacts.find(({ id }) => id === contact.id);
  const asked = {
    at: clock.now(),
    accountBefore: account.lastSurveyedAt,
    contactBefore: current?.lastSurveyedAt ?? null,
  };
  return {
    surveyKey: key,
    kind: branch === null ? 'Survey' : 'Renewal Mail',
    moment: { trigger, sourceId, anchorDate },
    accountId: account.id,
    contactId: contact.id,
    csmId: csm.id,
    language: languageFor(contact.language, languages, defaultLanguage),
    recovery,
    resendAskedAt,
    outcome: saysNow ? { status: 'Queued', branch: saysNow } : { status: 'Queued', asked },
  };
}
