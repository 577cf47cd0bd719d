import type { Connection } from 'jsforce';
import { mailTo, newCustomer, publish, type RunningProcess, scoreLinks, travel, untilIdle } from './stack.ts';

type Customer = Awaited<ReturnType<typeof newCustomer>>;
export type AskedCustomer = Customer & { links: Map<string, string> };

/** Where a response stands, as the org has it. */
export interface Standing {
  Id: string;
  Sequence__c: string;
  Current_Step__c: string | null;
  Next_Step_Due__c: string | null;
  Steps_Done__c: string | null;
  Sequence_Stopped__c: boolean;
  Sequence_Stop_Reason__c: string | null;
  Responded_At__c: string;
  Follow_Up_Due__c: string | null;
  First_Follow_Up_At__c: string | null;
  Next_Escalation_Due__c: string | null;
  Notify_User__c: string | null;
  Notify_Text__c: string | null;
}

const STANDING = [
  ...['Id', 'Sequence__c', 'Current_Step__c', 'Next_Step_Due__c', 'Steps_Done__c', 'Sequence_Stopped__c'],
  ...['Sequence_Stop_Reason__c', 'Responded_At__c', 'Follow_Up_Due__c', 'First_Follow_Up_At__c'],
  ...['Next_Escalation_Due__c', 'Notify_User__c', 'Notify_Text__c'],
];

/** What a test does with customers who are in a sequence, on a running stack. */
export function inSequence({ stack, service, org, admin }: Stack) {
  const answer = async ({ links }: AskedCustomer, score: string) => {
    const body = new URLSearchParams({ score, comment: 'Said so.' });
    const { status } = await fetch(links.get(score) ?? '', { method: 'POST', body });
    if (status !== 200) throw new Error(`The answer came back with ${status}.`);
    await untilIdle(service);
  };

  /** A customer who was asked and gave a score. */
  const answered = async (score: string, account: Record<string, unknown> = {}): Promise<AskedCustomer> => {
    const customer = await newCustomer(admin, account);
    await publish(admin, 'First_Value', customer.accountId);
    await untilIdle(service);
    const [mail] = await mailTo(org, customer.email);
    if (!mail) throw new Error('No mail arrived.');
    const asked = { ...customer, links: scoreLinks(mail) };
    await answer(asked, score);
    return asked;
  };

  const standing = async ({ accountId }: Customer): Promise<Standing> => {
    const { records } = await admin.query<Standing>(
      `SELECT ${STANDING} FROM NPS_Response__c WHERE Account__c = '${accountId}' ORDER BY Responded_At__c LIMIT 1`,
    );
    const [row] = records;
    if (!row) throw new Error('The account has no response.');
    return row;
  };

  return {
    answer,
    answered,
    standing,
    stepsOf: async (customer: Customer) =>
      ((await standing(customer)).Steps_Done__c ?? '').split('\n').map((line) => line.split(' ')[1]),
    set: async (customer: Customer, fields: Record<string, unknown>) =>
      admin.update('NPS_Response__c', { Id: (await standing(customer)).Id, ...fields }),
    /** Without the invitation. */
    subjects: async ({ email }: Customer) => (await mailTo(org, email)).slice(1).map(({ subject }) => subject),
    tasks: async ({ accountId }: Customer) =>
      (
        await admin.query<{ Id: string; Subject: string; OwnerId: string; Priority: string; Description: string }>(
          `SELECT Id, Subject, OwnerId, Priority, Description FROM Task WHERE AccountId = '${accountId}' ORDER BY CreatedDate, Id`,
        )
      ).records,
    now: async () => new Date(((await (await fetch(`${org}/clock`)).json()) as { now: string }).now),
    /** Day by day, as the service meets them. */
    days: async (count: number) => {
      for (let day = 0; day < count; day += 1) await travel(stack, 'P1D');
      // What a tick of the last day sent is only on record now; the next one sees it.
      await travel(stack, 'PT10M');
    },
  };
}

interface Stack {
  stack: RunningProcess;
  service: string;
  org: string;
  admin: Connection;
}
