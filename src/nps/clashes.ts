import type { PlannedSurvey } from './plan.ts';

/** Somebody's part in a campaign. Dates are YYYY-MM-DD, both included; without an end it runs on. */
export interface Membership {
  contactId: string;
  campaign: string;
  from: string;
  to: string | null;
}

/** A survey that reaches somebody while another programme writes to them, too. */
export interface Clash {
  on: string;
  account: string;
  contact: string;
  trigger: string;
  campaign: string;
}

/** Planned surveys whose day lies in a campaign that their contact is a member of. */
export function clashesWith(memberships: readonly Membership[], surveys: readonly PlannedSurvey[]): Clash[] {
  const byContact = Map.groupBy(memberships, ({ contactId }) => contactId);
  return surveys.flatMap(({ outcome, contact, account, trigger, decidedOn: on }) => {
    if (outcome.status !== 'Sent' || !contact) return [];
    const running = (byContact.get(contact.id) ?? []).filter(({ from, to }) => from <= on && (to === null || on <= to));
    return running.map(({ campaign }) => ({ on, account: account.name, contact: contact.name, trigger, campaign }));
  });
}
