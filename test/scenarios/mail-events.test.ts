import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  killAll,
  mailTo,
  newCustomer,
  publish,
  type RunningProcess,
  startedStack,
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
    `SELECT Status__c, Sender__c, Suppression_Code__c, Suppression_Reason__c FROM NPS_Survey__c WHERE Account__c = '${accountId}'`,
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
