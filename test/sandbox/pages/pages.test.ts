import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestSandbox, startTestSandbox, type TestSandbox } from '../../support/sandbox.ts';
import { assign, create, filters, flow, get, notification, onRecord, scheduled, variable } from '../flows/flow-xml.ts';

const startAt = new Date('2026-11-22T10:00:00Z');
let sandbox: TestSandbox;
let accountId: string;

beforeAll(async () => {
  sandbox = await openTestSandbox({ startAt });
  accountId = String(sandbox.org.query("SELECT Id FROM Account WHERE Name = 'Ironbridge Capital'")[0]?.Id);
});
afterAll(() => sandbox.close());

async function html(path: string, on = sandbox): Promise<string> {
  const response = await fetch(on.url + path);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/html');
  return response.text();
}

function post(path: string, fields: Record<string, string>, on = sandbox): Promise<Response> {
  return fetch(on.url + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
}

async function sendMail(content: { type: string; value: string }[], subject = 'One question'): Promise<void> {
  const response = await fetch(`${sandbox.url}/v3/mail/send`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${sandbox.environment.SENDGRID_API_KEY}`,
    },
    body: JSON.stringify({
      personalizations: [{ to: [{ email: 'jane@customer.example' }] }],
      from: { email: 'lena@fernbrook.example' },
      subject,
      content,
      headers: { 'X-Moment': 'pre-renewal' },
    }),
  });
  expect(response.status).toBe(202);
}

test('the overview shows the time, every account and the segment in words', async () => {
  const page = await html('/');
  expect(page).toContain('Sunday, 22 November 2026, 10:0');
  for (const { Name } of sandbox.org.query('SELECT Name FROM Account')) {
    expect(page).toContain(String(Name).replace('&', '&amp;'));
  }
  expect(page).toMatch(/▼<\/span> Detractor/);
});

test('an account shows its people, invitations, answers and cases', async () => {
  const page = await html(`/org/accounts/${accountId}`);
  for (const each of ['Grace Whitfield', 'copy and paste', 'Usage Milestone', 'API limit reached', 'Activated']) {
    expect(page).toContain(each);
  }
});

test('something is asked for on a response, as its CSM does in Salesforce', async () => {
  const box = await startTestSandbox({ startAt });
  const [response] = box.org.query('SELECT Id, Account__c FROM NPS_Response__c LIMIT 1');
  const path = `/org/responses/${response?.Id}/request`;
  expect(await html('/org/responses', box)).toContain(`action="${path}"`);
  const asked = await post(path, { request: 'Pause', note: 'Holiday', back: String(response?.Account__c) }, box);
  expect(asked.headers.get('location')).toBe(`/org/accounts/${response?.Account__c}`);
  expect(box.org.query(`SELECT Request__c, Request_Note__c FROM NPS_Response__c WHERE Id = '${response?.Id}'`)).toEqual(
    [{ Request__c: 'Pause', Request_Note__c: 'Holiday' }],
  );
  expect(await html('/org/responses', box)).toContain('Pause is asked for.');
  expect(await (await fetch(`${box.url}/events`)).json()).toMatchObject([
    { event: 'NPS_Command__e', payload: { Command__c: 'Pause', Record_Id__c: response?.Id } },
  ]);
  expect((await post(path, { request: 'Dance' }, box)).status).toBe(400);
});

test('notifications are shown with who got them, and told as JSON', async () => {
  const notify = flow(
    'Tell',
    onRecord('After', 'Create', 'Case', 'Add') +
      assign('Add', [['Recipients', 'Add', { ref: '$User.Id' }]], 'Type') +
      get('Type', 'CustomNotificationType', filters(['DeveloperName', 'EqualTo', 'NPS_Follow_Up']), 'Notify') +
      notification('Notify', {
        ...{ customNotifTypeId: { ref: 'Type.Id' }, recipientIds: { ref: 'Recipients' } },
        ...{ title: 'A case', body: 'Look at it.', targetId: { ref: '$Record.Id' } },
      }) +
      variable('Recipients', 'String', '<isCollection>true</isCollection>'),
  );
  const box = await startTestSandbox({ startAt, seed: 'empty-company' });
  expect(await html('/org/notifications', box)).toContain('No notification.');
  box.org.install([notify], { checkOnly: false });
  const targetId = box.org.insert('Case', { Subject: 'Slow' });
  expect(await html('/org/notifications', box)).toMatch(/A case[\s\S]*Look at it\.[\s\S]*Ada Admin/);
  expect(await (await fetch(`${box.url}/notifications`)).json()).toMatchObject([
    { type: 'NPS_Follow_Up', to: 'admin@sandbox.example', title: 'A case', targetId, sentBy: 'flow:Tell' },
  ]);
});

test('invitations that are not sent say why, by which rule, and until when they wait', async () => {
  sandbox.org.insert('NPS_Survey__c', {
    Survey_Key__c: 'ab',
    Account__c: accountId,
    Trigger__c: 'Pre_Renewal',
    Status__c: 'Deferred',
    Not_Before__c: '2027-01-06T00:00:00Z',
    Suppression_Code__c: 'BLACKOUT',
    Suppression_Reason__c: 'Nobody is asked until 2027-01-05: Holidays.',
  });
  for (const path of ['/org/surveys', `/org/accounts/${accountId}`]) {
    expect(await html(path)).toMatch(
      /Deferred<\/span> <span[^>]*>until 6 Jan 2027<.*Nobody is asked until 2027-01-05: Holidays\. <code>BLACKOUT</,
    );
  }
});

test('health rows are shown, what needs attention first and counted in the menu', async () => {
  const row = (Key__c: string, State__c: string, Message__c: string | null) =>
    sandbox.org.insert('NPS_Health__c', { Key__c, Kind__c: 'Trigger', State__c, Message__c, Count__c: null });
  row('trigger-a', 'OK', null);
  row('trigger-b', 'Disabled', 'Date_Field__c is empty.');
  const page = await html('/org/health');
  expect(page).toMatch(/Health <small>1</);
  expect(page.indexOf('Date_Field__c is empty.')).toBeLessThan(page.indexOf('trigger-a'));
});

test('a page of the service stands in the menu once it is told of', async () => {
  expect(await html('/mail')).not.toContain('>Plan<');
  sandbox.link({ label: 'Plan', path: 'http://localhost:3000/plan' });
  expect(await html('/mail')).toContain('href="http://localhost:3000/plan">Plan<');
});

test.each(['/org/surveys', '/org/responses', '/org/tasks', '/org/notifications', '/org/health', '/mail', '/'])(
  '%s leads to every other page',
  async (path) => {
    const page = await html(path);
    for (const link of [
      '/',
      '/org/surveys',
      '/org/responses',
      '/org/tasks',
      '/org/notifications',
      '/org/health',
      '/mail',
    ])
      expect(page).toContain(`href="${link}"`);
    expect(page).toContain('aria-current="page"');
  },
);

test('the overview shows each flow: what starts it, how it last ran, when it runs next', async () => {
  const page = await html('/');
  expect(page).toMatch(/NPS: First Value<.*\n.*Every day<.*\n.*Active<.*\n.*never<.*\n.*23 Nov 2026, 03:30/);
  expect(page).toMatch(/NPS: Usage Milestone, Stamp<.*\n.*Account created or changed, before the save</);
  expect(page).toMatch(/NPS: Due Dates<.*\n.*Called by other flows</);
});

test('a button runs a scheduled flow at once; another flow, or none, is refused with a sentence', async () => {
  const response = await post('/org/flows/NPS_Pre_Renewal/run', {});
  expect(response.status).toBe(303);
  expect(await html('/')).toMatch(
    /NPS: Pre-Renewal<.*\n.*\n.*\n.*22 Nov 2026, 10:\d\d<.*\n.*OK<.*\n.*\n?.*23 Nov 2026, 03:00/,
  );
  for (const name of ['NPS_Due_Dates', 'Nobody']) {
    const refused = await post(`/org/flows/${name}/run`, {});
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain(`no active scheduled flow ${name}.`);
  }
});

test('what failed in a run is shown in Salesforce’s words', async () => {
  const broken = await startTestSandbox({ seed: 'empty-company', startAt });
  const start = scheduled('Daily', '2026-01-01', '04:00:00.000Z', 'Make');
  broken.org.install([flow('Breaks', start + create('Make', 'Contact', { FirstName: 'x' }))], { checkOnly: false });
  await broken.advance('P1D');
  expect(await html('/', broken)).toMatch(/1 failed of 1.*\n.*Required fields are missing: \[LastName\]/);
});

test('a button publishes the moment as REST would and leads back', async () => {
  const before = (await sandbox.events()).length;
  const response = await post('/org/moments', { trigger: 'Pre_Renewal', account: accountId });
  expect(response.status).toBe(303);
  expect(await html(String(response.headers.get('location')))).toContain('Ironbridge Capital.');
  expect((await sandbox.events()).slice(before)).toMatchObject([
    {
      event: 'NPS_Lifecycle__e',
      publishedBy: 'rest',
      payload: { Trigger__c: 'Pre_Renewal', Account_Id__c: accountId },
    },
  ]);
});

test('a moment of an unknown trigger is refused with a sentence', async () => {
  const response = await post('/org/moments', { trigger: 'Birthday', account: accountId });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain('needs an active trigger');
});

test('a travel button moves time and leads back', async () => {
  const traveller = await startTestSandbox({ seed: 'empty-company', startAt });
  const response = await post('/org/travel', { advance: 'P1W' }, traveller);
  expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
  expect(await html('/', traveller)).toContain('Sunday, 29 November 2026');
});

test('a mail is shown in a frame without scripts, its links open outside, and its parts have tabs', async () => {
  await sendMail([
    { type: 'text/plain', value: 'Plain <words>' },
    { type: 'text/html', value: '<html><head></head><body><a href="https://example.com/9">9</a></body></html>' },
  ]);
  const path = `/mail/${(await sandbox.messages()).at(-1)?.id}`;
  const page = await html(path);
  expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  expect(page).toMatch(/srcdoc="[^"]*&lt;head&gt;&lt;base target&#x3D;&quot;_blank&quot;&gt;/);
  expect(await html(`${path}?part=text`)).toContain('Plain &lt;words&gt;');
  expect(await html(`${path}?part=headers`)).toMatch(/X-Moment.*pre-renewal/);
});

test('the mailbox lists the newest mail first', async () => {
  await sendMail([{ type: 'text/plain', value: 'a' }], 'Older');
  await sendMail([{ type: 'text/plain', value: 'b' }], 'Newer');
  const page = await html('/mail');
  expect(page.indexOf('Newer')).toBeLessThan(page.indexOf('Older'));
});

test.each(['/org/accounts/001000000000000AAA', "/org/accounts/x'%20OR%20Name!='", '/mail/nothing'])(
  '%s is a page that says it is not there',
  async (path) => {
    const response = await fetch(sandbox.url + path);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('Not here');
  },
);

describe('reports', () => {
  test('are listed with the dashboards', async () => {
    const page = await html('/org/reports');
    expect(page).toContain('NPS Renewal Win Rate by Segment');
    expect(page).toContain('NPS Programme');
  });

  test('show what they filter, their chart, and each number with its n', async () => {
    const page = await html('/org/reports/NPS_Reports/NPS_Renewal_Win_Rate');
    expect(page).toContain('NPS Is Renewal is yes');
    expect(page).toMatch(/Promoter<\/span>.*87\.5% <small>n 8</s);
    expect(page).toContain('63.6% (n 22)');
  });

  test('that are empty say what no record is', async () => {
    expect(await html('/org/reports/NPS_Reports/NPS_My_Detractors')).toContain(
      'No record yet where Is Counted is yes, Segment is Detractor, Loop Closed is no',
    );
  });

  test('whose groups are one record each show the record, not sums over it', async () => {
    sandbox.org.insert('NPS_Metric__c', {
      Key__c: 'x',
      Name: 'Loop closure',
      Value__c: 63.6,
      Target__c: 80,
      Count__c: 11,
    });
    const page = await html('/org/dashboards/NPS_Dashboards/NPS_Programme');
    expect(page).toMatch(
      /Loop closure<\/th>.*data-label="Value">63\.6<.*data-label="Target">80\.0<.*data-label="n">11</,
    );
    expect(page).not.toContain('Sum of n');
  });

  test('that are not there are not there', async () => {
    for (const path of ['/org/reports/NPS_Reports/Nothing', '/org/dashboards/NPS_Dashboards/Nothing']) {
      expect((await fetch(sandbox.url + path)).status).toBe(404);
    }
  });

  test('stand on a dashboard', async () => {
    const page = await html('/org/dashboards/NPS_Dashboards/NPS_Programme');
    expect(page).toContain('Renewal win rate by segment at close');
    expect(page).toContain('NPS by month');
  });
});
