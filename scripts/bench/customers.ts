import type { OrgWorld } from './org-world.ts';

export interface Customer {
  accountId: string;
  contactId: string;
  email: string;
}

/** A customer who was asked, with the addresses behind the eleven numbers of the mail. */
export interface AskedCustomer extends Customer {
  links: ReadonlyMap<number, string>;
}

/** New customers, as an admin enters them: an account with a CSM, and a contact with an address. */
export function newCustomers({ sandbox: { org } }: OrgWorld, name: string, count: number): Customer[] {
  const [csm] = org.query('SELECT Id FROM User WHERE IsActive = true AND ManagerId != null ORDER BY Name LIMIT 1');
  return org.transaction(() =>
    Array.from({ length: count }, (_, number) => {
      const accountId = org.insert('Account', { Name: `${name} ${number}`, NPS_CSM__c: String(csm?.Id) });
      const email = `${name}.${number}@customer.example`.toLowerCase();
      const contactId = org.insert('Contact', {
        AccountId: accountId,
        FirstName: 'Dana',
        LastName: 'Moss',
        Email: email,
      });
      return { accountId, contactId, email };
    }),
  );
}

/** What a flow does when a moment of a customer's lifecycle has come. */
export function publishMoment({ sandbox: { org } }: OrgWorld, { accountId }: Customer): void {
  org.publish('NPS_Lifecycle__e', { Trigger__c: 'First_Value', Account_Id__c: accountId }, 'rest');
}

interface Message {
  to: string;
  html: string;
  sentAt: string;
}

/** Mails in the order the provider accepted them. */
export async function mailbox({ sandbox }: OrgWorld): Promise<Message[]> {
  return (await (await fetch(`${sandbox.url}/mail/messages`)).json()) as Message[];
}

/** Has customers asked by real events and reads the links from their mails. */
export async function ask(world: OrgWorld, customers: readonly Customer[]): Promise<AskedCustomer[]> {
  for (const customer of customers) publishMoment(world, customer);
  await world.untilIdle();
  const mails = new Map((await mailbox(world)).map((mail) => [/<(.+)>/.exec(mail.to)?.[1] ?? mail.to, mail]));
  return customers.map((customer) => {
    const mail = mails.get(customer.email);
    if (!mail) throw new Error(`No invitation arrived at ${customer.email}.`);
    const links = [...mail.html.matchAll(/<a\b[^>]*\bhref="([^"]+)"[^>]*>\s*(\d+)\s*<\/a>/g)];
    return { ...customer, links: new Map(links.map(([, href = '', score]) => [Number(score), href])) };
  });
}

/** Presses the button of the answer page, with a reason given. */
export async function giveAnswer({ links }: AskedCustomer, score: number): Promise<void> {
  const body = new URLSearchParams({
    score: String(score),
    comment: 'The reports are slow.',
    pressed: 'yes',
    seen: 'yes',
  });
  const response = await fetch(links.get(score) ?? '', { method: 'POST', body });
  if (!response.ok) throw new Error(`An answer was refused with ${response.status}.`);
  await response.text();
}
