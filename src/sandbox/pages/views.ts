import type { SandboxOrg } from '../org/open-org.ts';
import type { Row } from '../org/org.ts';

/** What the org pages show, as rows. Lists stop at 200: they are for looking, not for counting. */

const NUMBERS = `NPS_Score__c, NPS_Segment__c, NPS_Rolling_Average__c, NPS_Net_Score__c, NPS_Trend__c, NPS_Response_Count__c,
  NPS_Last_Survey_Date__c, NPS_CSM__r.Name, Owner.Name`;

export function accounts(org: SandboxOrg): Row[] {
  return org.query(`SELECT Id, Name, ${NUMBERS} FROM Account ORDER BY Name`);
}

/** Undefined when there is no such account, or the id is no id. */
export function account(org: SandboxOrg, id: string): Row | undefined {
  if (!/^[a-zA-Z0-9]{15,18}$/.test(id)) return undefined;
  const [row] = org.query(`SELECT Id, Name, Industry, AnnualRevenue, BillingCity, BillingCountry, NPS_Survey_Opt_Out__c,
    ${NUMBERS} FROM Account WHERE Id = '${id}'`);
  return row;
}

export function activeTriggers(org: SandboxOrg): Row[] {
  return org.query(
    'SELECT DeveloperName, MasterLabel FROM NPS_Trigger__mdt WHERE Active__c = true ORDER BY DeveloperName',
  );
}

/** @param accountId only that account's; everybody's if not given */
export function surveys(org: SandboxOrg, accountId?: string): Row[] {
  return org.query(`SELECT Id, Status__c, Trigger__c, Suppression_Code__c, Suppression_Reason__c, Not_Before__c, Sent_At__c, CreatedDate, Account__c,
    Account__r.Name, Contact__r.Name, CSM__r.Name FROM NPS_Survey__c ${of('Account__c', accountId)}
    ORDER BY CreatedDate DESC LIMIT 200`);
}

export function responses(org: SandboxOrg, accountId?: string): Row[] {
  return org.query(`SELECT Id, Score__c, Segment__c, Verbatim__c, Verdict__c, Trigger__c, Responded_At__c, Corrected_At__c,
    Previous_Score__c, Write_Error__c, Request__c, Request_Result__c, Account__c, Account__r.Name, Contact__r.Name FROM NPS_Response__c
    ${of('Account__c', accountId)} ORDER BY Responded_At__c DESC LIMIT 200`);
}

/** What may be asked for on a response. */
export function requests(org: SandboxOrg): readonly string[] {
  return (
    org.schema
      .find('NPS_Response__c')
      ?.field('Request__c')
      ?.picklist.map(({ value }) => value) ?? []
  );
}

export function tasks(org: SandboxOrg, accountId?: string): Row[] {
  return org.query(`SELECT Id, Subject, Description, Status, Priority, IsHighPriority, ActivityDate, AccountId, Account.Name,
    Owner.Name FROM Task ${of('AccountId', accountId)} ORDER BY CreatedDate DESC LIMIT 200`);
}

export function contacts(org: SandboxOrg, accountId: string): Row[] {
  return org.query(`SELECT Name, Title, Email, HasOptedOutOfEmail, NPS_Survey_Opt_Out__c,
    NPS_Bounced_Address__c FROM Contact
    ${of('AccountId', accountId)} ORDER BY Name`);
}

export function contracts(org: SandboxOrg, accountId: string): Row[] {
  return org.query(`SELECT ContractNumber, Status, StartDate, EndDate FROM Contract ${of('AccountId', accountId)}`);
}

export function cases(org: SandboxOrg, accountId: string): Row[] {
  return org.query(`SELECT Subject, Status, CreatedDate, ClosedDate FROM Case ${of('AccountId', accountId)}
    ORDER BY CreatedDate DESC`);
}

/** Newest first, each with who got it and the account it is about, where it is about one. */
export function notifications(org: SandboxOrg): Row[] {
  const users = new Map(org.query('SELECT Username, Name FROM User').map(({ Username, Name }) => [Username, Name]));
  return org.notifications
    .all()
    .slice(-200)
    .toReversed()
    .map(({ to, targetId, ...notification }) => ({
      ...notification,
      to: users.get(to) ?? to,
      account: accountBehind(org, targetId),
    }));
}

function accountBehind(org: SandboxOrg, id: string): Row | null {
  if (org.schema.ofId(id)?.name !== 'NPS_Response__c') return null;
  const [row] = org.query(`SELECT Account__c, Account__r.Name FROM NPS_Response__c WHERE Id = '${id}'`);
  return row ?? null;
}

/** What the service tells of itself, the worst first. An org that lacks the object shows nothing. */
export function health(org: SandboxOrg): Row[] {
  if (!org.schema.find('NPS_Health__c')) return [];
  const rows = org.query(
    'SELECT Key__c, Kind__c, State__c, Message__c, Count__c, Checked_At__c FROM NPS_Health__c ORDER BY Key__c',
  );
  const rank = (row: Row) => ['Disabled', 'Warning'].indexOf(String(row.State__c)) + 1 || 3;
  return rows.toSorted((one, other) => rank(one) - rank(other));
}

export function needingAttention(org: SandboxOrg): number {
  return health(org).filter(({ State__c }) => State__c !== 'OK').length;
}

function of(field: string, accountId: string | undefined): string {
  return accountId === undefined ? '' : `WHERE ${field} = '${accountId}'`;
}
