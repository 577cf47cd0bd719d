import type { Connection } from 'jsforce';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, launchChromium, needsChromium } from '../support/chromium.ts';
import {
  killAll,
  type Message,
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
let admin: Connection;
let service: string;
let org: string;

afterAll(killAll);

beforeAll(async () => {
  ({ stack, service, org, admin } = await startedStack());
});

type Customer = Awaited<ReturnType<typeof newCustomer>>;

/** A customer who has been asked, with the mail and its eleven links. */
async function askedCustomer(overrides: Record<string, unknown> = {}) {
  const customer = await newCustomer(admin, overrides);
  await publish(admin, 'First_Value', customer.accountId);
  await untilIdle(service);
  const [mail] = await mailTo(org, customer.email);
  if (!mail) throw new Error('No mail arrived.');
  return { ...customer, mail, links: scoreLinks(mail) };
}

async function post(url: string, fields: Record<string, string>) {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
}

async function rows<T extends Record<string, unknown>>(soql: string): Promise<T[]> {
  return (await admin.query<T>(soql)).records;
}

const accountOf = async ({ accountId }: Customer) =>
  (
    await rows(
      `SELECT NPS_Score__c, NPS_Segment__c, NPS_Rolling_Average__c, NPS_Net_Score__c, NPS_Trend__c, NPS_Response_Count__c, NPS_Last_Survey_Date__c, NPS_Last_Response_Date__c FROM Account WHERE Id = '${accountId}'`,
    )
  )[0];
const responsesOf = ({ accountId }: Customer) =>
  rows(
    `SELECT Score__c, Segment__c, Verdict__c, Verbatim__c, Responded_At__c, Corrected_At__c, Previous_Score__c, Follow_Up_Due__c, Acknowledged_With__c, Write_Error__c, Contact__c, CSM__c, Survey__r.Status__c FROM NPS_Response__c WHERE Account__c = '${accountId}'`,
  );
const tasksOf = ({ accountId }: Customer) =>
  rows(
    `SELECT Subject, Description, Priority, OwnerId, WhoId, ActivityDate, IsReminderSet, ReminderDateTime, NPS_Response__r.Score__c FROM Task WHERE AccountId = '${accountId}'`,
  );
const surveysOf = ({ accountId }: Customer) =>
  rows(
    `SELECT Status__c, Suppression_Code__c, Suppression_Reason__c, Sender__c, Sent_At__c FROM NPS_Survey__c WHERE Account__c = '${accountId}' ORDER BY CreatedDate, Name`,
  );

describe('an event becomes a mail', () => {
  test('from the CSM, with eleven links, two ways to leave and fewer than 80 words', async () => {
    const customer = await askedCustomer();
    const { mail, links, csm } = customer;
    expect(mail.from).toBe(`${csm.Name} <${csm.Email}>`);
    expect(mail.replyTo).toContain(csm.Email);
    expect([...links.keys()]).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    for (const [score, link] of links) expect(mail.text).toContain(`${score}: ${link}`);
    expect(mail.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(wordsOf(mail)).toBeLessThan(80);
    expect(await surveysOf(customer)).toMatchObject([{ Status__c: 'Sent', Sender__c: csm.Email }]);
    expect(await accountOf(customer)).toMatchObject({
      NPS_Last_Survey_Date__c: expect.any(String),
      NPS_Score__c: null,
    });
  });

  test('once, however often it is published', async () => {
    const customer = await askedCustomer();
    await publish(admin, 'first_value', customer.accountId);
    await untilIdle(service);
    expect(await mailTo(org, customer.email)).toHaveLength(1);
    expect(await surveysOf(customer)).toHaveLength(1);
  });

  test('or a stored reason: the account was asked within 90 days', async () => {
    const customer = await askedCustomer();
    await publish(admin, 'Pre_Renewal', customer.accountId);
    await untilIdle(service);
    expect(await mailTo(org, customer.email)).toHaveLength(1);
    expect(await surveysOf(customer)).toMatchObject([
      { Status__c: 'Sent' },
      {
        Status__c: 'Suppressed',
        Suppression_Code__c: 'ACCOUNT_ASKED_RECENTLY',
        Suppression_Reason__c: expect.stringContaining('90 days'),
      },
    ]);
  });

  test('or a stored reason: nobody configured the trigger, the account does not exist', async () => {
    const customer = await newCustomer(admin);
    await publish(admin, 'Birthday', customer.accountId);
    await publish(admin, 'First_Value', '001000000000001');
    await publish(admin, 'First_Value', 'no account');
    await untilIdle(service);
    expect(await surveysOf(customer)).toMatchObject([
      { Status__c: 'Suppressed', Suppression_Code__c: 'UNKNOWN_TRIGGER' },
    ]);
    const orphans = await rows(
      "SELECT Suppression_Code__c FROM NPS_Survey__c WHERE Account__c = null AND Suppression_Code__c = 'UNKNOWN_ACCOUNT'",
    );
    expect(orphans).toHaveLength(2);
  });
});

describe(`one click answers${needsChromium}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    if (chromiumPath) browser = await launchChromium();
  });
  afterAll(async () => browser?.close());

  /** What happens after the browser opened a link, on a phone. */
  async function onPhone(link: string, javaScriptEnabled: boolean, act: (page: Page) => Promise<void>) {
    const context = await browser.newContext({ viewport: { width: 375, height: 812 }, javaScriptEnabled });
    const page = await context.newPage();
    await page.goto(link);
    await act(page);
    await context.close();
  }

  test.skipIf(!chromiumPath)('a detractor is on the account, on record, in a Task and acknowledged', async () => {
    const customer = await askedCustomer();
    await onPhone(customer.links.get('3') ?? '', true, async (page) => {
      expect(await page.locator('input[name=score]:checked').inputValue()).toBe('3');
      await page.locator('textarea').fill('The exports keep failing.');
      await page.locator('form button').first().click();
      await page.locator('h1').waitFor();
    });
    await untilIdle(service);

    expect(await accountOf(customer)).toMatchObject({
      NPS_Score__c: 3,
      NPS_Segment__c: 'Detractor',
      NPS_Rolling_Average__c: 3,
      NPS_Net_Score__c: -100,
      NPS_Trend__c: 'Not enough data',
      NPS_Response_Count__c: 1,
    });
    expect(await responsesOf(customer)).toMatchObject([
      {
        Score__c: 3,
        Segment__c: 'Detractor',
        Verdict__c: 'Confirmed',
        Verbatim__c: 'The exports keep failing.',
        Contact__c: customer.contactId,
        CSM__c: customer.csm.Id,
        Acknowledged_With__c: 'acknowledgment',
        Write_Error__c: null,
        Survey__r: { Status__c: 'Responded' },
      },
    ]);
    const [task, ...others] = await tasksOf(customer);
    expect(others).toHaveLength(0);
    expect(task).toMatchObject({
      Priority: 'High',
      OwnerId: customer.csm.Id,
      WhoId: customer.contactId,
      IsReminderSet: true,
      NPS_Response__r: { Score__c: 3 },
    });
    expect(task?.Description).toContain('The exports keep failing.');
    const mails = await mailTo(org, customer.email);
    expect(mails).toHaveLength(2);
    expect(mails[1]?.text).toContain('What could we have done better?');
  });

  test.skipIf(!chromiumPath)('pressing the button alone is proof enough; score 0 counts like any other', async () => {
    const customer = await askedCustomer();
    await onPhone(customer.links.get('0') ?? '', true, async (page) => {
      await page.locator('form button').first().click();
      await page.locator('h1').waitFor();
    });
    await untilIdle(service);
    expect(await responsesOf(customer)).toMatchObject([{ Score__c: 0, Verdict__c: 'Confirmed' }]);
    expect(await accountOf(customer)).toMatchObject({
      NPS_Score__c: 0,
      NPS_Segment__c: 'Detractor',
      NPS_Rolling_Average__c: 0,
    });
  });

  test.skipIf(!chromiumPath)('without JavaScript, and corrected on the same page', async () => {
    const customer = await askedCustomer();
    await onPhone(customer.links.get('3') ?? '', false, async (page) => {
      await page.locator('textarea').fill('Wrong button');
      await page.locator('form button').first().click();
      await untilIdle(service);
      await page.locator('label', { hasText: /^9$/ }).click();
      await page.locator('textarea').fill('I meant nine: great team');
      await page.locator('form button').first().click();
    });
    await untilIdle(service);
    expect(await responsesOf(customer)).toMatchObject([
      {
        Score__c: 9,
        Previous_Score__c: 3,
        Segment__c: 'Promoter',
        Verbatim__c: 'I meant nine: great team',
        Corrected_At__c: expect.any(String),
      },
    ]);
    expect(await accountOf(customer)).toMatchObject({
      NPS_Score__c: 9,
      NPS_Response_Count__c: 1,
      NPS_Rolling_Average__c: 9,
    });
  });

  test.skipIf(!chromiumPath)('opening every link in a browser, as scanners do, is no answer', async () => {
    const customer = await askedCustomer();
    for (const link of customer.links.values()) {
      await fetch(link);
      await onPhone(link, true, async (page) => void (await page.waitForLoadState('networkidle')));
    }
    await untilIdle(service);
    expect(await responsesOf(customer)).toEqual([]);
    expect(await accountOf(customer)).toMatchObject({ NPS_Score__c: null });
  });
});

describe('an answer without proof of a person', () => {
  test('waits out its quarantine and then counts', async () => {
    const customer = await askedCustomer();
    await post(customer.links.get('8') ?? '', { score: '8' });
    await untilIdle(service);
    expect(await responsesOf(customer)).toMatchObject([{ Score__c: 8, Verdict__c: 'Provisional' }]);
    expect(await accountOf(customer)).toMatchObject({ NPS_Score__c: null });
    await travel(stack, 'PT1H');
    expect(await responsesOf(customer)).toMatchObject([{ Score__c: 8, Verdict__c: 'Accepted' }]);
    expect(await accountOf(customer)).toMatchObject({ NPS_Score__c: 8, NPS_Segment__c: 'Passive' });
  });

  test('that came with all ten others stays unresolved and changes nothing', async () => {
    const customer = await askedCustomer();
    for (const [score, link] of customer.links) await post(link, { score });
    await travel(stack, 'PT1H');
    expect(await responsesOf(customer)).toMatchObject([{ Verdict__c: 'Unresolved' }]);
    expect(await accountOf(customer)).toMatchObject({ NPS_Score__c: null, NPS_Response_Count__c: null });
    expect(await tasksOf(customer)).toEqual([]);
    expect(await mailTo(org, customer.email)).toHaveLength(1);
  });
});

describe('bad input gets a clear page and leaves nothing behind', () => {
  test('a tampered link, a score of 11, a verbatim of 5 MB, a body that is no form', async () => {
    const customer = await askedCustomer();
    const link = customer.links.get('5') ?? '';
    const tampered = link.replace(/\.5\.([0-9a-f]+)$/, '.6.$1');
    expect((await fetch(tampered)).status).toBe(404);
    expect((await post(tampered, { score: '6' })).status).toBe(404);
    expect((await fetch(`${service}/a/nonsense`)).status).toBe(404);
    expect((await post(link, { score: '11' })).status).toBe(400);
    expect((await post(link, { score: '5', comment: 'x'.repeat(5_000_000) })).status).toBe(413);
    expect(
      (await fetch(link, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } })).status,
    ).toBeLessThan(500);
    await untilIdle(service);
    expect(await responsesOf(customer)).toEqual([]);
  });

  test('a link that is too old says so', async () => {
    const customer = await askedCustomer();
    await travel(stack, 'P91D');
    const response = await fetch(customer.links.get('9') ?? '');
    expect(response.status).toBe(410);
    expect(await response.text()).toContain('<h1');
  });

  test('the log names no person', async () => {
    expect(stack.output()).not.toMatch(/harbour\.example|O'Neill|Dana/);
  });
});

describe('leaving', () => {
  test('one click on List-Unsubscribe opts the contact out of surveys; looking does not', async () => {
    const customer = await askedCustomer();
    const url = /<(.+)>/.exec(customer.mail.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';
    expect((await fetch(url)).status).toBe(200);
    await untilIdle(service);
    const optOut = async () =>
      (await rows(`SELECT NPS_Survey_Opt_Out__c FROM Contact WHERE Id = '${customer.contactId}'`))[0]
        ?.NPS_Survey_Opt_Out__c;
    expect(await optOut()).toBe(false);
    expect((await post(url, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    await untilIdle(service);
    expect(await optOut()).toBe(true);
  });
});

describe('whatever fails', () => {
  test("a customer's validation rule costs neither the response nor the Task", async () => {
    const customer = await askedCustomer();
    await faults({
      path: '/',
      nodes: { sobject: 'Account', errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Industry first!' },
    });
    await post(customer.links.get('4') ?? '', { score: '4', comment: 'Slow' });
    await untilIdle(service);
    await fetch(`${org}/faults`, { method: 'DELETE' });
    expect(await responsesOf(customer)).toMatchObject([
      { Score__c: 4, Write_Error__c: expect.stringContaining('Industry first!') },
    ]);
    expect(await tasksOf(customer)).toHaveLength(1);
    expect(await accountOf(customer)).toMatchObject({ NPS_Score__c: null });

    await travel(stack, 'P1D');
    expect(await accountOf(customer)).toMatchObject({ NPS_Score__c: 4 });
    expect(await responsesOf(customer)).toMatchObject([{ Write_Error__c: null }]);
    expect(await tasksOf(customer)).toHaveLength(1);
  });

  test('an hour without Salesforce loses no answer', async () => {
    const customer = await askedCustomer();
    await faults({ path: '/services', status: 503, errorCode: 'SERVER_UNAVAILABLE', message: 'Down for maintenance' });
    expect((await post(customer.links.get('10') ?? '', { score: '10', comment: 'Love it' })).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await fetch(`${org}/faults`, { method: 'DELETE' });
    await travel(stack, 'PT1H');
    expect(await accountOf(customer)).toMatchObject({ NPS_Score__c: 10, NPS_Segment__c: 'Promoter' });
    expect((await mailTo(org, customer.email))[1]?.subject).toBeTruthy();
  });
});

async function faults(script: object) {
  const response = await fetch(`${org}/faults`, {
    method: 'POST',
    body: JSON.stringify(script),
    headers: { 'content-type': 'application/json' },
  });
  if (!response.ok) throw new Error(await response.text());
}

/** As the brief counts: every token with a letter in the text part, links left out. */
function wordsOf({ text }: Message): number {
  return text
    .replace(/https?:\/\/\S+/g, '')
    .split(/\s+/)
    .filter((token) => /\p{L}/u.test(token)).length;
}
