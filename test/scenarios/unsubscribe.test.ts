import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from '../support/chromium.ts';
import {
  killAll,
  mailTo,
  newCustomer,
  publish,
  type RunningProcess,
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

/** A customer who was asked, with the mail's link to leave. */
async function asked() {
  const customer = await newCustomer(admin);
  await publish(admin, 'First_Value', customer.accountId);
  await untilIdle(service);
  const [mail] = await mailTo(org, customer.email);
  const link = String(mail?.headers['List-Unsubscribe']).slice(1, -1);
  const contact = async () =>
    (
      await admin.query(
        `SELECT NPS_Survey_Opt_Out__c, HasOptedOutOfEmail FROM Contact WHERE Id = '${customer.contactId}'`,
      )
    ).records[0];
  return { ...customer, mail, link, contact };
}
const IN = { NPS_Survey_Opt_Out__c: false, HasOptedOutOfEmail: false };
/** Out of surveys; what else the company writes is not ours to stop. */
const OUT = { NPS_Survey_Opt_Out__c: true, HasOptedOutOfEmail: false };

/** As a mail client does it (RFC 8058, section 3.2): the one field, no cookies, nothing fetched before. */
const ONE_CLICK = { 'List-Unsubscribe': 'One-Click' };
const asForm = () => new URLSearchParams(ONE_CLICK);
function asMultipart() {
  const form = new FormData();
  for (const [name, value] of Object.entries(ONE_CLICK)) form.append(name, value);
  return form;
}

describe('one click in the mail client', () => {
  test.each([
    ['a form', asForm],
    ['multipart', asMultipart],
  ])('as %s opts the contact out of surveys, and of nothing else', async (_, body) => {
    const { link, mail, contact } = await asked();
    expect(mail?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(new URL(link).origin).toBe(service);
    const response = await fetch(link, { method: 'POST', body: body(), redirect: 'error' });
    expect([response.status, response.headers.get('set-cookie')]).toEqual([200, null]);
    await untilIdle(service);
    expect(await contact()).toMatchObject(OUT);
  });

  test('by a link that was changed opts nobody out', async () => {
    const { link, contact } = await asked();
    const changed = link.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'));
    expect((await fetch(changed, { method: 'POST', body: asForm() })).status).toBe(404);
    await untilIdle(service);
    expect(await contact()).toMatchObject(IN);
  });
});

describe('the link in the mail', () => {
  test('may be opened by anything, any way, without anybody being opted out', async () => {
    const { link, mail, contact } = await asked();
    expect(mail?.text).toContain(link);
    expect(mail?.html).toContain(link);
    for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(link, { method })).status).toBe(200);
    for (const method of ['PUT', 'DELETE', 'PATCH']) expect((await fetch(link, { method })).status).toBe(405);
    await untilIdle(service);
    expect(await contact()).toMatchObject(IN);
  });

  describe.skipIf(!chromiumPath)(`in a browser${needsChromium}`, () => {
    test('opens a page whose button opts out', async () => {
      const { link, contact } = await asked();
      const browser = await launchChromium();
      try {
        const page = await browser.newPage();
        await page.goto(link);
        await untilIdle(service);
        expect(await contact()).toMatchObject(IN);
        await page.click('button');
        await page.waitForSelector('h1');
        await untilIdle(service);
        expect(await contact()).toMatchObject(OUT);
      } finally {
        await browser.close();
      }
    });
  });
});

describe('whoever left', () => {
  /** SendGrid takes no mail until `mended`. */
  async function withMailAway<T>(work: () => Promise<T>): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    const fault = JSON.stringify({ path: '/v3/mail/send', status: 503 });
    await fetch(`${org}/faults`, { method: 'POST', body: fault, headers });
    const result = await work();
    await fetch(`${org}/faults`, { method: 'DELETE' });
    return result;
  }

  const surveysOf = async (accountId: string) =>
    (
      await admin.query(
        `SELECT Status__c, Suppression_Code__c, Suppression_Reason__c FROM NPS_Survey__c WHERE Account__c = '${accountId}' ORDER BY CreatedDate, Name`,
      )
    ).records;

  test('gets no survey that was queued before: it is cancelled, says why, and gives its date back', async () => {
    const { link, accountId, contactId, email } = await asked();
    const lastAsked = { NPS_Last_Survey_Date__c: '2020-01-01T00:00:00.000+0000' };
    await admin.update('Account', { Id: accountId, ...lastAsked });
    await admin.update('Contact', { Id: contactId, ...lastAsked });
    await withMailAway(async () => {
      await publish(admin, 'First_Value', accountId, { Anchor_Date__c: '2020-02-02' });
      await untilIdle(service);
      expect((await surveysOf(accountId))[1]).toMatchObject({ Status__c: 'Queued' });
      await fetch(link, { method: 'POST', body: asForm() });
      await untilIdle(service);
    });
    await travel(stack, 'PT10M');
    expect(await mailTo(org, email)).toHaveLength(1);
    expect((await surveysOf(accountId))[1]).toMatchObject({
      ...{ Status__c: 'Cancelled', Suppression_Code__c: 'CONTACT_OPTED_OUT' },
      Suppression_Reason__c: expect.stringContaining('opted out'),
    });
    const { records } = await admin.query(`SELECT NPS_Last_Survey_Date__c FROM Account WHERE Id = '${accountId}'`);
    expect(records).toMatchObject([lastAsked]);
  });

  test('is not asked again, and may come back and leave anew', async () => {
    const { link, accountId, contactId, contact } = await asked();
    const leave = async () => {
      await fetch(link, { method: 'POST', body: asForm() });
      await untilIdle(service);
    };
    await leave();
    const cleared = { NPS_Last_Survey_Date__c: null };
    await admin.update('Account', { Id: accountId, ...cleared });
    await admin.update('Contact', { Id: contactId, ...cleared });
    await publish(admin, 'First_Value', accountId, { Anchor_Date__c: '2020-03-03' });
    await untilIdle(service);
    expect((await surveysOf(accountId))[1]).toMatchObject({
      ...{ Status__c: 'Suppressed', Suppression_Code__c: 'CONTACT_OPTED_OUT' },
    });
    await admin.update('Contact', { Id: contactId, NPS_Survey_Opt_Out__c: false });
    await travel(stack, 'PT2M');
    await leave();
    expect(await contact()).toMatchObject(OUT);
  });
});
