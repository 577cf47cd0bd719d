import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { utcDate } from '../../src/nps/days.ts';
import type { StoredNotification } from '../../src/sandbox/org/notifications.ts';
import { deployed, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { mailTo, newCustomer, publish, scoreLinks, untilIdle } from '../support/stack.ts';

let sandbox: TestSandbox;
let app: App;
let admin: Connection;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  app = await startedService(sandbox);
  admin = await sandbox.adminConnection();
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

type Customer = Awaited<ReturnType<typeof askedCustomer>>;

async function askedCustomer(facts: Record<string, unknown> = {}) {
  const customer = await newCustomer(admin, facts);
  await publish(admin, 'First_Value', customer.accountId);
  await untilIdle(app.url);
  const [mail] = await mailTo(sandbox.url, customer.email);
  if (!mail) throw new Error('No mail arrived.');
  return { ...customer, links: scoreLinks(mail) };
}

/** The customer answers with a comment, which a person alone gives. */
async function answer({ links }: Customer, score: number, comment: string): Promise<void> {
  const body = new URLSearchParams({ score: String(score), comment });
  await fetch(links.get(String(score)) ?? '', { method: 'POST', body });
  await untilIdle(app.url);
}

const tasksOf = async ({ accountId }: Customer) =>
  (
    await admin.query<Record<string, unknown>>(
      `SELECT Subject, Description, Priority, OwnerId, ActivityDate, ReminderDateTime FROM Task WHERE AccountId = '${accountId}' ORDER BY CreatedDate, Subject`,
    )
  ).records;

/** As an admin does it; the service reads records again after ten seconds of its time. */
async function deployRule(name: string, values: Parameters<typeof recordFile>[2]): Promise<void> {
  await deployed(sandbox, recordFile('NPS_Routing_Rule', name, values));
  await sandbox.advance('PT1M');
  await untilIdle(app.url);
}

const csmOf = async ({ csm }: Customer) => {
  const user = await admin.query<{ Id: string; Name: string; ManagerId: string; Manager: { Name: string } }>(
    `SELECT Id, Name, ManagerId, Manager.Name FROM User WHERE Id = '${csm.Id}'`,
  );
  const [row] = user.records;
  if (!row) throw new Error('The CSM is gone.');
  return row;
};

test('an answer bears what its account paid when it was given; the account, what it pays now', async () => {
  const customer = await askedCustomer({ AnnualRevenue: 60_000 });
  await answer(customer, 9, 'Kind');
  await admin.update('Account', { Id: customer.accountId, AnnualRevenue: 5_000.125 });
  await answer(customer, 10, 'Very kind');
  const { records } = await admin.query(
    `SELECT Score__c, Recurring_Revenue__c, ARR_Band__c, Account__r.NPS_Recurring_Revenue__c FROM NPS_Response__c WHERE Account__c = '${customer.accountId}'`,
  );
  expect(records).toMatchObject([
    {
      ...{ Score__c: 10, Recurring_Revenue__c: 60_000, ARR_Band__c: '3: 50 K to 250 K' },
      Account__r: { NPS_Recurring_Revenue__c: 5_000.13 },
    },
  ]);
});

describe('the rules that ship', () => {
  test('have a detractor called, and say why', async () => {
    const customer = await askedCustomer();
    await answer(customer, 3, 'Slow');
    expect(await tasksOf(customer)).toMatchObject([
      {
        Subject: expect.stringContaining("NPS 3: call Dana O'Neill"),
        Priority: 'High',
        OwnerId: customer.csm.Id,
        Description: expect.stringContaining(
          'Why this Task: the routing rule Detractor_Call, because 3 is the score of a Detractor.',
        ),
      },
    ]);
  });

  test('find a passive who considers switching at risk, and leave one alone who does not', async () => {
    const leaving = await askedCustomer();
    await answer(leaving, 8, 'Good, but we are considering switching.');
    expect(await tasksOf(leaving)).toMatchObject([
      {
        Subject: expect.stringContaining("NPS 8: at risk, call Dana O'Neill"),
        Priority: 'High',
        Description: expect.stringContaining('the comment says "switch*"'),
      },
    ]);
    const staying = await askedCustomer();
    await answer(staying, 8, 'Good, and we will not switch.');
    expect(await tasksOf(staying)).toEqual([]);
  });

  test('are gone through again when a comment comes after the score, and make no Task twice', async () => {
    const customer = await askedCustomer();
    await answer(customer, 7, 'Fine');
    expect(await tasksOf(customer)).toEqual([]);
    await answer(customer, 7, 'Fine, but a competitor is cheaper');
    expect(await tasksOf(customer)).toHaveLength(1);
    await answer(customer, 7, 'Fine, but a competitor is cheaper, so we cancel');
    expect(await tasksOf(customer)).toHaveLength(1);
  });
});

describe('whom a rule notifies', () => {
  /** What an org's people find under their bells, about one account. */
  const notifications = async ({ accountId }: Customer) => {
    const { records } = await admin.query(`SELECT Id FROM NPS_Response__c WHERE Account__c = '${accountId}'`);
    const all = (await (await fetch(`${sandbox.url}/notifications`)).json()) as StoredNotification[];
    return all.filter(({ targetId }) => records.some(({ Id }) => Id === targetId));
  };

  test('is told of a passive at risk besides the Task, once, as the rule that ships says: the account owner', async () => {
    const customer = await askedCustomer();
    await answer(customer, 8, 'Good, but we are considering switching.');
    await answer(customer, 8, 'Good, but we are considering switching to a competitor.');
    const [owner] = (
      await admin.query<{ Owner: { Username: string } }>(
        `SELECT Owner.Username FROM Account WHERE Id = '${customer.accountId}'`,
      )
    ).records;
    expect(await notifications(customer)).toMatchObject([
      {
        to: owner?.Owner.Username,
        body: expect.stringMatching(
          /^NPS 8 from Dana O'Neill \(.*\): at risk, call\. By the routing rule Passive_At_Risk\. Due /,
        ),
      },
    ]);
    expect(await tasksOf(customer)).toHaveLength(1);
  });

  test('may be a user whom an admin names, and nobody is where a rule names nobody', async () => {
    const customer = await askedCustomer();
    const { records } = await admin.query<{ Username: string }>(
      `SELECT Username FROM User WHERE Id != '${customer.csm.Id}' AND IsActive = true AND UserType = 'Standard' LIMIT 1`,
    );
    const Notify_Username__c = records[0]?.Username ?? '';
    await deployRule('Passive_At_Risk', { Notify__c: 'User', Notify_Username__c });
    await answer(customer, 7, 'A competitor is cheaper');
    expect(await notifications(customer)).toMatchObject([{ to: Notify_Username__c }]);
    await deployRule('Passive_At_Risk', { Notify__c: null });
    const other = await askedCustomer();
    await answer(other, 7, 'A competitor is cheaper');
    expect([await notifications(other), (await tasksOf(other)).length]).toEqual([[], 1]);
    await deployRule('Passive_At_Risk', {});
  });
});

describe('what a comment sounds like', () => {
  const sentimentOf = async ({ accountId }: Customer) =>
    (await admin.query(`SELECT Sentiment__c FROM NPS_Response__c WHERE Account__c = '${accountId}'`)).records;

  test('is on the response, and a promoter who is unhappy all the same is looked after', async () => {
    const customer = await askedCustomer();
    await answer(customer, 9, 'Not bad at all');
    expect(await sentimentOf(customer)).toMatchObject([{ Sentiment__c: 'Positive' }]);
    expect(await tasksOf(customer)).toEqual([]);
    await answer(customer, 9, 'Not bad at all, but the last release is terrible, slow and buggy');
    expect(await sentimentOf(customer)).toMatchObject([{ Sentiment__c: 'Negative' }]);
    expect(await tasksOf(customer)).toMatchObject([
      {
        Subject: expect.stringContaining("NPS 9: unhappy comment of Dana O'Neill"),
        Priority: 'Normal',
        Description: expect.stringContaining('the comment sounds negative'),
      },
    ]);
  });

  test('is German where the contact is written to in German', async () => {
    await deployed(sandbox, recordFile('NPS_Setting', 'Default', { Default_Language__c: 'de' }));
    await sandbox.advance('PT1M');
    const customer = await askedCustomer();
    await answer(customer, 8, 'Leider ist die Hotline schlecht');
    expect(await sentimentOf(customer)).toMatchObject([{ Sentiment__c: 'Negative' }]);
    await deployed(sandbox, recordFile('NPS_Setting', 'Default', {}));
    await sandbox.advance('PT1M');
  });
});

describe('a 0 is not a 6', () => {
  test('whoever is very unhappy is to be called today, and the manager of the CSM has a Task of their own', async () => {
    const customer = await askedCustomer();
    await answer(customer, 2, 'It lost our data');
    const { ManagerId } = await csmOf(customer);
    expect(await tasksOf(customer)).toMatchObject([
      {
        ...{ Subject: expect.stringMatching(/^NPS 2: today, call /), OwnerId: customer.csm.Id, Priority: 'High' },
        Description: expect.stringContaining('Grave_Detractor_Call'),
      },
      { Subject: expect.stringMatching(/^NPS 2: very low score, speak to /), OwnerId: ManagerId, Priority: 'High' },
    ]);
    expect((await mailTo(sandbox.url, customer.email)).at(-1)?.subject).toBe('I am sorry we let you down');
  });

  test('a 3 makes the one call, within a day', async () => {
    const customer = await askedCustomer();
    await answer(customer, 3, 'Slow');
    expect(await tasksOf(customer)).toMatchObject([{ Subject: expect.stringMatching(/^NPS 3: call /) }]);
    expect((await mailTo(sandbox.url, customer.email)).at(-1)?.subject).toBe('Thank you for your honest answer');
  });
});

describe('a Task that is open', () => {
  test('gets what is answered later, once', async () => {
    const customer = await askedCustomer();
    await answer(customer, 3, 'Slow');
    await answer(customer, 4, 'Slow, and nobody calls');
    await answer(customer, 4, 'Slow, and nobody calls');
    const [task, ...others] = await tasksOf(customer);
    expect(others).toEqual([]);
    expect(String(task?.Description).split('Answered again, 4 of 10. Comment: Slow, and nobody calls')).toHaveLength(2);
    expect(task?.Description).toContain('Comment: Slow\n');
  });

  test('is not opened again by an answer once it is closed', async () => {
    const customer = await askedCustomer();
    await answer(customer, 3, 'Slow');
    const { records } = await admin.query(`SELECT Id FROM Task WHERE AccountId = '${customer.accountId}'`);
    sandbox.org.update('Task', String(records[0]?.Id), { Status: 'Completed' });
    await answer(customer, 3, 'Still slow');
    expect(await tasksOf(customer)).toMatchObject([{ Description: expect.not.stringContaining('Still slow') }]);
  });
});

describe('an account has one open Task of a kind', () => {
  /** Somebody else at the customer is asked, too. */
  async function colleagueOf({ accountId, csm }: Customer, FirstName: string): Promise<Customer> {
    const email = `${FirstName}.${accountId}@harbour.example`.toLowerCase();
    const contactId = sandbox.org.insert('Contact', { AccountId: accountId, FirstName, LastName: 'Lee', Email: email });
    sandbox.org.update('Account', accountId, { NPS_Last_Survey_Date__c: null });
    await publish(admin, 'First_Value', accountId, { Contact_Id__c: contactId, Source_Id__c: contactId });
    await untilIdle(app.url);
    const [mail] = await mailTo(sandbox.url, email);
    if (!mail) throw new Error('No mail arrived.');
    return { accountId, contactId, email, csm, links: scoreLinks(mail) };
  }

  const joinedBy = async ({ contactId }: Customer) =>
    (await admin.query(`SELECT Joined_Tasks__c FROM NPS_Response__c WHERE Contact__c = '${contactId}'`)).records;

  test('which later answers join, and what they say later is written there, too', async () => {
    const first = await askedCustomer();
    const second = await colleagueOf(first, 'Finn');
    await answer(first, 5, 'Slow');
    await answer(second, 4, 'Nobody calls');
    const [task, ...others] = await tasksOf(first);
    expect(others).toEqual([]);
    expect(task?.Description).toContain('Finn Lee answered, too: 4 of 10, on 20');
    expect(task?.Description).toContain('Comment: Nobody calls');
    expect(await joinedBy(second)).toMatchObject([{ Joined_Tasks__c: expect.stringMatching(/^Call \(.*, High\)$/) }]);
    expect(await joinedBy(first)).toMatchObject([{ Joined_Tasks__c: null }]);

    await answer(second, 3, 'And nobody calls back');
    const [later, ...more] = await tasksOf(first);
    expect(more).toEqual([]);
    expect(String(later?.Description).split('Finn Lee answered')).toHaveLength(3);
    expect(later?.Description).toContain('Finn Lee answered again, 3 of 10. Comment: And nobody calls back');
  });

  test('once, when two answer at once', async () => {
    const first = await askedCustomer();
    const second = await colleagueOf(first, 'Gia');
    await Promise.all([answer(first, 3, 'Slow'), answer(second, 4, 'Dear')]);
    const [task, ...others] = await tasksOf(first);
    expect(others).toEqual([]);
    expect(String(task?.Description).match(/answered, too: \d of 10/g)).toHaveLength(1);
  });

  test('that becomes as urgent as the most urgent answer', async () => {
    await deployRule('Detractor_Call', { Priority__c: 'Normal', Due_Hours__c: 240, Lowest_Score__c: 4 });
    await deployRule('Feature_Request', {
      ...{ Active__c: true, Segment__c: 'Detractor', Kind__c: 'CALL', Phrases__c: null, Owner__c: 'CSM' },
      ...{ Priority__c: 'High', Due_Hours__c: 24, Order__c: 99 },
    });
    const first = await askedCustomer();
    const second = await colleagueOf(first, 'Hal');
    await answer(first, 5, 'Slow');
    const [before] = await tasksOf(first);
    await answer(second, 3, 'Nobody calls');
    const [after, ...others] = await tasksOf(first);
    expect(others).toEqual([]);
    expect([before?.Priority, after?.Priority]).toEqual(['Normal', 'High']);
    expect(String(after?.ActivityDate) < String(before?.ActivityDate)).toBe(true);
    expect(Date.parse(String(after?.ReminderDateTime))).toBeLessThan(Date.parse(String(before?.ReminderDateTime)));
    await deployRule('Detractor_Call', {});
    await deployRule('Feature_Request', {});
  });

  test('and when it is closed, the next answer makes a new one', async () => {
    const first = await askedCustomer();
    const second = await colleagueOf(first, 'Ida');
    await answer(first, 5, 'Slow');
    const { records } = await admin.query(`SELECT Id FROM Task WHERE AccountId = '${first.accountId}'`);
    sandbox.org.update('Task', String(records[0]?.Id), { Status: 'Completed' });
    await answer(second, 4, 'Nobody calls');
    expect(await tasksOf(first)).toHaveLength(2);
    expect(await joinedBy(second)).toMatchObject([{ Joined_Tasks__c: null }]);
  });
});

describe('an admin routes', () => {
  test('feature requests of promoters to the queue of product', async () => {
    const queue = sandbox.org.insert('Group', { Name: 'Product', DeveloperName: 'Product', Type: 'Queue' });
    await deployRule('Feature_Request', { Active__c: true, Owner_Name__c: 'product' });
    const customer = await askedCustomer();
    await answer(customer, 10, 'Please add exports to Excel');
    expect(await tasksOf(customer)).toMatchObject([
      { Subject: expect.stringContaining('NPS 10: feature request of'), OwnerId: queue, Priority: 'Normal' },
    ]);
    await deployRule('Feature_Request', {});
  });

  test('by revenue, renewal and any Account field, to the manager of the CSM, besides the call', async () => {
    await deployRule('Feature_Request', {
      ...{ Active__c: true, Kind__c: 'Escalation', Label__c: 'look after', Segment__c: null, Phrases__c: null },
      ...{ Owner__c: 'CSM Manager', Priority__c: 'High', Due_Hours__c: 4 },
      ...{ Minimum_Revenue__c: 100_000, Renewal_Within_Days__c: 60, Account_Condition__c: "Industry = 'Shipping'" },
    });
    const renewing = async (facts: Record<string, unknown>, days: number) => {
      const customer = await askedCustomer({ Industry: 'Shipping', AnnualRevenue: 100_000, ...facts });
      // Salesforce counts the end itself: the day before the same day a year later.
      const start = new Date(sandbox.org.now().getTime() + (days + 1) * 86_400_000);
      start.setUTCFullYear(start.getUTCFullYear() - 1);
      const term = { Status: 'Activated', StartDate: utcDate(start), ContractTerm: 12 };
      sandbox.org.insert('Contract', { AccountId: customer.accountId, ...term });
      await answer(customer, 4, 'Slow');
      return customer;
    };
    const big = await renewing({}, 50);
    const { ManagerId } = await csmOf(big);
    expect(await tasksOf(big)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ Subject: expect.stringContaining('NPS 4: call'), OwnerId: big.csm.Id }),
        expect.objectContaining({
          Subject: expect.stringContaining('NPS 4: look after'),
          OwnerId: ManagerId,
          Description: expect.stringMatching(/the contract ends in 50 days; the account meets Industry = 'Shipping'\./),
        }),
      ]),
    );
    for (const small of [
      await renewing({ AnnualRevenue: 99_999 }, 50),
      await renewing({}, 70),
      await renewing({ Industry: 'Retail' }, 50),
    ])
      expect(await tasksOf(small)).toHaveLength(1);
    await deployRule('Feature_Request', {});
  });

  test('a person’s drop, and an account whose usage falls', async () => {
    await deployRule('Feature_Request', {
      ...{ Active__c: true, Kind__c: 'Drop', Label__c: 'ask what happened to', Segment__c: null, Phrases__c: null },
      ...{ Owner__c: 'CSM', Minimum_Drop__c: 2, Account_Condition__c: 'NPS_Usage__c < 100' },
    });
    const gaveBefore = async (score: number, usage: number) => {
      const customer = await askedCustomer({ NPS_Usage__c: usage });
      const { accountId: Account__c, contactId: Contact__c } = customer;
      const at = new Date(sandbox.org.now().getTime() - 200 * 86_400_000).toISOString();
      const before = { Response_Key__c: `before${Account__c}`.toLowerCase(), Score__c: score, Verdict__c: 'Confirmed' };
      sandbox.org.insert('NPS_Response__c', { Account__c, Contact__c, ...before, Responded_At__c: at });
      await answer(customer, 7, 'Fine');
      return customer;
    };
    expect(await tasksOf(await gaveBefore(9, 90))).toMatchObject([
      { Description: expect.stringContaining('the same person gave 9 before; the account meets NPS_Usage__c < 100.') },
    ]);
    expect(await tasksOf(await gaveBefore(5, 90))).toEqual([]);
    expect(await tasksOf(await gaveBefore(9, 110))).toEqual([]);
    await deployRule('Feature_Request', {});
  });

  test('with a rule that Salesforce refuses: it stands still alone, as NPS Health says', async () => {
    await deployRule('Feature_Request', { Active__c: true, Owner__c: 'CSM', Account_Condition__c: "Mood__c = 'bad'" });
    await sandbox.advance('PT20M');
    await untilIdle(app.url);
    const customer = await askedCustomer();
    await answer(customer, 4, 'A missing feature');
    expect(await tasksOf(customer)).toHaveLength(1);
    const { records } = await admin.query(
      "SELECT State__c, Message__c FROM NPS_Health__c WHERE Key__c = 'routing-rule-feature_request'",
    );
    expect(records).toMatchObject([
      { State__c: 'Disabled', Message__c: expect.stringContaining('Account_Condition__c cannot be used') },
    ]);
    await deployRule('Feature_Request', {});
  });
});

test('a comment is tagged by the admin’s themes', async () => {
  await deployed(sandbox, recordFile('NPS_Setting', 'Default', { Themes__c: 'Support: ticket*\nPrice: expensive' }));
  await sandbox.advance('PT1M');
  const customer = await askedCustomer();
  await answer(customer, 8, 'Not expensive, but tickets stay open');
  const soql = `SELECT Theme__c FROM NPS_Response__c WHERE Account__c = '${customer.accountId}'`;
  expect((await admin.query(soql)).records).toMatchObject([{ Theme__c: 'Support; Price' }]);
});

describe('the risk of a renewal', () => {
  const riskOf = async ({ accountId }: Customer) =>
    (await admin.query(`SELECT NPS_Risk__c, NPS_Risk_Reason__c FROM Account WHERE Id = '${accountId}'`)).records[0];

  test('is on the account of a detractor, and goes with a corrected score', async () => {
    const customer = await askedCustomer();
    expect(await riskOf(customer)).toMatchObject({ NPS_Risk__c: false, NPS_Risk_Reason__c: null });
    await answer(customer, 3, 'Slow');
    expect(await riskOf(customer)).toMatchObject({
      NPS_Risk__c: true,
      NPS_Risk_Reason__c: 'At risk: the newest score is 3.',
    });
    await answer(customer, 9, 'I had it upside down');
    expect(await riskOf(customer)).toMatchObject({ NPS_Risk__c: false, NPS_Risk_Reason__c: null });
  });

  test('is seen in the night after a passive’s case was escalated, without any answer', async () => {
    const customer = await askedCustomer();
    await answer(customer, 8, 'Fine');
    expect(await riskOf(customer)).toMatchObject({ NPS_Risk__c: false });
    const { accountId: AccountId } = customer;
    sandbox.org.insert('Case', { AccountId, Subject: 'Down', Status: 'Escalated', IsEscalated: true });
    await sandbox.advance('P1D');
    await untilIdle(app.url);
    expect(await riskOf(customer)).toMatchObject({
      NPS_Risk__c: true,
      NPS_Risk_Reason__c: 'At risk: the newest score is 8 and a case was escalated.',
    });
  });
});

test('a Task for a CSM who left goes to their manager, with the reason', async () => {
  const customer = await askedCustomer();
  const { Name, ManagerId, Manager } = await csmOf(customer);
  sandbox.org.update('Account', customer.accountId, { OwnerId: customer.csm.Id });
  sandbox.org.update('User', customer.csm.Id, { IsActive: false });
  await answer(customer, 4, 'Nobody calls back');
  expect(await tasksOf(customer)).toMatchObject([
    {
      OwnerId: ManagerId,
      Description: expect.stringContaining(`${Name} is not active, so this Task comes to ${Manager.Name}.`),
    },
  ]);
  sandbox.org.update('User', customer.csm.Id, { IsActive: true });
});
