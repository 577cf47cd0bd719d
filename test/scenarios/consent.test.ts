import { readFileSync } from 'node:fs';
import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { xml } from '../sandbox/deploy/package.ts';
import { deployed, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { mailTo, newCustomer, publish, untilIdle } from '../support/stack.ts';

const SHIPPED = readFileSync('force-app/main/default/permissionsets/NPS_Integration.permissionset-meta.xml', 'utf8');

let sandbox: TestSandbox;
let app: App;
let admin: Connection;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  app = await startedService(sandbox);
  admin = await sandbox.adminConnection();
  const fields = [
    '<fields><fullName>Agreed__c</fullName><label>Agreed</label><defaultValue>false</defaultValue><type>Checkbox</type></fields>',
    '<fields><fullName>Lives_In__c</fullName><label>Lives In</label><length>80</length><type>Text</type></fields>',
  ];
  await deployed(sandbox, { 'objects/Contact.object': xml('CustomObject', fields.join('\n')) });
});

afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

const readable = (field: string) =>
  `    <fieldPermissions><editable>false</editable><field>${field}</field><readable>true</readable></fieldPermissions>\n`;
const viewAll = (object: string) =>
  `    <objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>${object}</object><viewAllRecords>true</viewAllRecords></objectPermissions>\n`;

/** What an admin grants the service's user beyond what ships, and the settings. */
async function setUp(settings: Parameters<typeof recordFile>[2], grants: { fields?: string[]; objects?: string[] }) {
  const { fields = [], objects = [] } = grants;
  const permissions = SHIPPED.replace(/( *<fieldPermissions>)/, `${fields.map(readable).join('')}$1`).replace(
    /( *<objectPermissions>)/,
    `${objects.map(viewAll).join('')}$1`,
  );
  await deployed(sandbox, {
    'permissionsets/NPS_Integration.permissionset': permissions,
    ...recordFile('NPS_Setting', 'Default', settings),
  });
  await sandbox.advance('PT15M');
  await untilIdle(app.url);
}

async function decided(facts: Record<string, unknown>) {
  const { accountId, contactId, email } = await newCustomer(admin);
  await admin.update('Contact', { Id: contactId, ...facts });
  await publish(admin, 'First_Value', accountId);
  await untilIdle(app.url);
  const { records } = await admin.query<Record<string, string>>(
    `SELECT Status__c, Suppression_Code__c, Suppression_Reason__c FROM NPS_Survey__c WHERE Account__c = '${accountId}'`,
  );
  return { survey: records[0], mails: (await mailTo(sandbox.url, email)).length, accountId };
}

async function expectRefused(facts: Record<string, unknown>, code: string, words: string) {
  const { survey, mails } = await decided(facts);
  expect(survey).toMatchObject({ Status__c: 'Suppressed', Suppression_Code__c: code });
  expect(survey?.Suppression_Reason__c).toContain(words);
  expect(mails).toBe(0);
}

async function expectAsked(facts: Record<string, unknown>) {
  const { survey, mails } = await decided(facts);
  expect([survey?.Status__c, mails]).toEqual([expect.stringMatching(/^(Sent|Delivered)$/), 1]);
}

const problems = async () => {
  const { records } = await admin.query<{ Message__c: string }>(
    "SELECT Message__c FROM NPS_Health__c WHERE State__c != 'OK'",
  );
  return records.map(({ Message__c }) => Message__c).join('\n');
};

const CONSENT = {
  ...{ Consent_Countries__c: 'Germany\nAustria', Country_Field__c: 'Lives_In__c', Consent_Field__c: 'Agreed__c' },
};

describe('where consent is needed', () => {
  test('only who agreed is asked; elsewhere everybody is', async () => {
    await setUp(CONSENT, { fields: ['Contact.Agreed__c', 'Contact.Lives_In__c'] });
    await expectRefused({ Lives_In__c: 'Germany' }, 'NO_CONSENT', 'In Germany consent is needed');
    await expectRefused({ Lives_In__c: 'austria' }, 'NO_CONSENT', 'In austria consent is needed');
    await expectRefused({}, 'NO_CONSENT', 'country is not known');
    await expectAsked({ Lives_In__c: 'Germany', Agreed__c: true });
    await expectAsked({ Lives_In__c: 'France' });
  });

  test('nobody is asked while the fields are hidden from the service, or none are named', async () => {
    await setUp(CONSENT, { fields: ['Contact.Lives_In__c'] });
    const waiting = await decided({ Lives_In__c: 'France' });
    expect([waiting.survey, waiting.mails]).toEqual([undefined, 0]);
    await sandbox.advance('PT10M');
    await untilIdle(app.url);
    expect(await problems()).toContain(
      'Consent_Field__c names Agreed__c of Contact, which does not exist or is hidden',
    );

    await setUp({ Consent_Countries__c: 'Germany' }, {});
    await sandbox.advance('PT10M');
    await untilIdle(app.url);
    expect(await problems()).toMatch(/Country_Field__c must name a field.*Consent_Field__c must name a checkbox/);

    await setUp({}, {});
    const { records } = await admin.query<Record<string, string>>(
      `SELECT Status__c FROM NPS_Survey__c WHERE Account__c = '${waiting.accountId}'`,
    );
    expect(records).toMatchObject([{ Status__c: expect.stringMatching(/^(Sent|Delivered)$/) }]);
  });
});

describe('privacy records', () => {
  const individual = async (facts: Record<string, unknown> = {}) =>
    String((await admin.create('Individual', { LastName: "O'Neill", ...facts })).id);
  const grants = { fields: ['Contact.IndividualId'], objects: ['Individual', 'ContactPointTypeConsent'] };

  test('that say no are followed where the settings ask for them, and only there', async () => {
    await setUp({ Check_Individual__c: true }, grants);
    await expectRefused(
      { IndividualId: await individual({ HasOptedOutSolicit: true }) },
      'PRIVACY_OPTED_OUT',
      'say no',
    );
    await expectRefused({ IndividualId: await individual({ ShouldForget: true }) }, 'PRIVACY_OPTED_OUT', 'say no');
    await expectAsked({ IndividualId: await individual() });
    await expectAsked({});
    await setUp({}, grants);
    await expectAsked({ IndividualId: await individual({ HasOptedOutSolicit: true }) });
  });

  test('consent for email as a contact point counts, for and against, while it is in effect', async () => {
    await setUp(
      { Check_Contact_Point_Consent__c: true, Consent_Countries__c: 'Germany', Country_Field__c: 'Lives_In__c' },
      { ...grants, fields: ['Contact.IndividualId', 'Contact.Lives_In__c'] },
    );
    const withConsent = async (facts: Record<string, unknown>) => {
      const IndividualId = await individual();
      const consent = { Name: 'Email', PartyId: IndividualId, ContactPointType: 'Email', ...facts };
      await admin.create('ContactPointTypeConsent', consent);
      return { IndividualId, Lives_In__c: 'Germany' };
    };
    await expectAsked(await withConsent({ PrivacyConsentStatus: 'OptIn' }));
    await expectRefused(await withConsent({ PrivacyConsentStatus: 'Seen' }), 'NO_CONSENT', 'In Germany');
    const past = { PrivacyConsentStatus: 'OptIn', EffectiveTo: '2026-01-01T00:00:00Z' };
    await expectRefused(await withConsent(past), 'NO_CONSENT', 'In Germany');
    await expectRefused(
      await withConsent({ PrivacyConsentStatus: 'OptIn', ContactPointType: 'Phone' }),
      'NO_CONSENT',
      'In Germany',
    );
    const out = await withConsent({ PrivacyConsentStatus: 'OptOut' });
    await expectRefused({ ...out, Lives_In__c: 'France' }, 'PRIVACY_OPTED_OUT', 'say no');
  });

  test('that the service may not read keep everybody from being asked, and NPS Health says what to grant', async () => {
    await setUp({ Check_Individual__c: true, Check_Contact_Point_Consent__c: true }, {});
    const { survey, mails } = await decided({});
    expect([survey, mails]).toEqual([undefined, 0]);
    await sandbox.advance('PT10M');
    await untilIdle(app.url);
    expect(await problems()).toMatch(/Check_Individual__c is set, but .* cannot read Individual of Contact/);
    expect(await problems()).toMatch(/Check_Contact_Point_Consent__c is set, but .* ContactPointTypeConsent/);
  });
});
