import { DateTime } from 'luxon';
import type { SandboxOrg } from '../org/open-org.ts';
import type { Customer } from './customer.ts';

/** A customer that is being put into the org, and who is there already. */
export interface Place {
  org: SandboxOrg;
  customer: Customer;
  accountId: string;
  contactIds: string[];
  csmId: string;
  csmAddress: string;
}

/** A moment of the org's own calendar: that many days from its now, in whole seconds as Salesforce keeps them. */
export function daysFrom(org: SandboxOrg, days: number): DateTime<true> {
  const moment = DateTime.fromJSDate(org.now(), { zone: 'utc' }).startOf('second').plus({ days });
  if (!moment.isValid) throw new Error(`${days} days from now is no date.`);
  return moment;
}
