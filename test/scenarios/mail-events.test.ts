import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  killAll,
  mailTo,
  newCustomer,
  publish,
  type RunningProcess,
  scoreLinks,
  startedStack,
  travel,
  untilIdle,
} from '../support/stack.ts';

let stack: RunningProcess;
let service: string;
let org: string;
let admin: Connection;

beforeAll(async () => {
  ({ stack, service, org, admin } = await startedStack());
}, 60_000);
afterAll(async () => {
  await stack?.stop();
  killAll();
});

const surveyOf = async (accountId: string) => {
  const { records } = await admin.query(
    `SELECT Status__c, Sender__c, Delivered_At__c, Suppression_Code__c, Suppression_Reason__c FROM NPS_Survey__c WHERE Account__c = '${accountId}'`,
  );
  return records[0];
};

/** A customer whose CSM has an address of this domain, asked. */
async function askedFrom(domain: string) {
  const name = `Robin ${domain.replace(/\W/g, '')}`;
  const email = `robin@${domain}`;
  const { id } = await admin.create('User', {
    ...{ Username: email, Email: email, FirstName: 'Robin', LastName: domain.replace(/\W/g, '') },
    TimeZoneSidKey: 'Europe/Berlin',
  });
  const customer = await newCustomer(admin, { NPS_CSM__c: id });
  await publish(admin, 'First_Value', customer.accountId);
  await untilIdle(service);
  const [mail] = await mailTo(org, customer.email);
  return { mail, name, email, survey: await surveyOf(customer.accountId) };
}

describe('a mail comes from', () => {
  const fallback = 'surveys@fernbrook.example';

  test('the CSM, whose domain SendGrid signs for', async () => {
    const { mail, name, email, survey } = await askedFrom('fernbrook.example');
    expect(mail).toMatchObject({ from: `${name} <${email}>`, replyTo: `${name} <${email}>` });
    expect(survey).toMatchObject({ Status__c: 'Sent', Sender__c: email });
  });

  test.each(['acquired.example', 'gmail.com'])(
    'the CSM at the company for %s, from the fallback; replies reach the CSM, and the survey says so',
    async (domain) => {
      const { mail, name, email, survey } = await askedFrom(domain);
      expect(mail).toMatchObject({
        from: `${name} at Fernbrook Analytics <${fallback}>`,
        replyTo: `${name} <${email}>`,
      });
      expect(survey).toMatchObject({ Status__c: 'Sent', Sender__c: fallback });
    },
  );

  test('the fallback, replies too, where the address of the CSM leads nowhere', async () => {
    const { mail, name } = await askedFrom('fernbrook.example.invalid');
    const everywhere = `${name} at Fernbrook Analytics <${fallback}>`;
    expect(mail).toMatchObject({ from: everywhere, replyTo: everywhere });
  });
});

/** A new customer who was asked, and what the org has on it. */
async function asked(localPart = 'dana') {
  const customer = await newCustomer(admin);
  const email = `${localPart}.${customer.contactId.toLowerCase()}@harbour.example`;
  await admin.update('Contact', { Id: customer.contactId, Email: email });
  await publish(admin, 'First_Value', customer.accountId);
  await untilIdle(service);
  const [mail] = await mailTo(org, email);
  if (!mail) throw new Error('No mail arrived.');
  const become = async (event: string) => {
    const body = new URLSearchParams({ event });
    expect((await fetch(`${org}/mail/${mail.id}/events`, { method: 'POST', body })).status).toBe(200);
    await untilIdle(service);
  };
  const one = async (query: string) => (await admin.query(query)).records[0];
  return {
    ...{ ...customer, email, mail, become, links: scoreLinks(mail) },
    survey: () => surveyOf(customer.accountId),
    dates: () =>
      one(
        `SELECT Account.NPS_Last_Survey_Date__c, NPS_Last_Survey_Date__c FROM Contact WHERE Id = '${customer.contactId}'`,
      ),
    contact: () =>
      one(`SELECT NPS_Bounced_Address__c, NPS_Survey_Opt_Out__c FROM Contact WHERE Id = '${customer.contactId}'`),
    tasks: async () =>
      (
        await admin.query(
          `SELECT Subject, Description, OwnerId, WhoId FROM Task WHERE AccountId = '${customer.accountId}'`,
        )
      ).records,
  };
}

describe('what becomes of a mail', () => {
  test('is told a minute later: the survey is delivered, and an answer is worth more', async () => {
    const customer = await asked();
    expect(await customer.survey()).toMatchObject({ Status__c: 'Sent', Delivered_At__c: null });
    await travel(stack, 'PT2M');
    expect(await customer.survey()).toMatchObject({ Status__c: 'Delivered', Delivered_At__c: expect.any(String) });
    await answer(customer.links.get('9') ?? '');
    expect(await customer.survey()).toMatchObject({ Status__c: 'Responded' });
    await customer.become('delivered');
    await customer.become('bounce');
    expect(await customer.survey()).toMatchObject({ Status__c: 'Responded' });
  });

  test('a bounce ends the survey, gives the 90 days back, and the CSM has one Task', async () => {
    const customer = await asked('bounce');
    expect(await customer.dates()).toMatchObject({ NPS_Last_Survey_Date__c: expect.any(String) });
    await travel(stack, 'PT2M');
    expect(await customer.survey()).toMatchObject({
      ...{ Status__c: 'Bounced', Suppression_Code__c: 'BOUNCED' },
      Suppression_Reason__c: expect.stringContaining('550 5.1.1'),
    });
    expect(await customer.dates()).toMatchObject({
      ...{ NPS_Last_Survey_Date__c: null, Account: { NPS_Last_Survey_Date__c: null } },
    });
    expect(await customer.contact()).toEqual(expect.objectContaining({ NPS_Bounced_Address__c: customer.email }));
    await customer.become('bounce');
    const task = {
      OwnerId: customer.csm.Id,
      WhoId: customer.contactId,
      Subject: expect.stringContaining('new address'),
    };
    expect(await customer.tasks()).toEqual([expect.objectContaining(task)]);
  });

  test('the address that bounced is asked no more, and a new one is', async () => {
    const customer = await asked('bounce');
    await customer.become('bounce');
    const decided = async () =>
      (
        await admin.query(
          `SELECT Status__c, Suppression_Code__c FROM NPS_Survey__c WHERE Account__c = '${customer.accountId}' AND Anchor_Date__c = 2020-01-01`,
        )
      ).records;
    await publish(admin, 'First_Value', customer.accountId, { Anchor_Date__c: '2020-01-01' });
    await untilIdle(service);
    expect(await decided()).toMatchObject([{ Status__c: 'Suppressed', Suppression_Code__c: 'BOUNCED' }]);
    const email = `new.${customer.email}`;
    await admin.update('Contact', { Id: customer.contactId, Email: email });
    await publish(admin, 'First_Value', customer.accountId, { Anchor_Date__c: '2020-02-02' });
    await untilIdle(service);
    expect(await mailTo(org, email)).toHaveLength(1);
  });

  test.each([
    ['blocked', 'MAIL_BLOCKED', null],
    ['dropped', 'MAIL_DROPPED', expect.any(String)],
  ])('a mail that is %s reached nobody: the survey has failed and says which', async (event, code, address) => {
    const customer = await asked();
    await customer.become(event);
    expect(await customer.survey()).toMatchObject({ Status__c: 'Failed', Suppression_Code__c: code });
    expect(await customer.dates()).toMatchObject({ Account: { NPS_Last_Survey_Date__c: null } });
    expect(await customer.contact()).toMatchObject({ NPS_Bounced_Address__c: address });
  });

  test('a spam report opts the contact out of surveys, and the CSM is told', async () => {
    const customer = await asked('spam');
    await travel(stack, 'PT2M');
    expect(await customer.survey()).toMatchObject({ Status__c: 'Delivered' });
    expect(await customer.contact()).toMatchObject({ NPS_Survey_Opt_Out__c: true });
    expect(await customer.tasks()).toMatchObject([{ Subject: expect.stringContaining('spam') }]);
  });

  test('an unsubscription at SendGrid opts the contact out, and makes no Task', async () => {
    const customer = await asked();
    await customer.become('unsubscribe');
    expect(await customer.contact()).toMatchObject({ NPS_Survey_Opt_Out__c: true });
    expect(await customer.tasks()).toEqual([]);
  });

  test('is believed to nobody who cannot sign', async () => {
    const customer = await asked();
    const body = JSON.stringify([{ event: 'bounce', sg_event_id: 'x', survey_key: 'ab', template: 'invitation' }]);
    for (const headers of [{}, { 'x-twilio-email-event-webhook-signature': 'MEUCIQ==' }])
      expect((await fetch(`${service}/webhooks/sendgrid`, { method: 'POST', headers, body })).status).toBe(403);
    expect(await customer.survey()).toMatchObject({ Status__c: 'Sent' });
  });
});

/** Presses the button of the answer page, with a word, so that it counts at once. */
async function answer(link: string): Promise<void> {
  const score = /value="(\d+)" checked|name="score" value="(\d+)"/.exec(await (await fetch(link)).text());
  const body = new URLSearchParams({ score: score?.[1] ?? score?.[2] ?? '', comment: 'Good people.' });
  const { status } = await fetch(link, { method: 'POST', body });
  expect(status).toBe(200);
  await untilIdle(service);
}
