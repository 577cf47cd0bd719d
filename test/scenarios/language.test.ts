import { readFileSync } from 'node:fs';
import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { xml } from '../sandbox/deploy/package.ts';
import { deployed, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { startedService } from '../support/service.ts';
import { mailTo, newCustomer, publish, scoreLinks, untilIdle } from '../support/stack.ts';

const INTEGRATION = new URL(
  '../../force-app/main/default/permissionsets/NPS_Integration.permissionset-meta.xml',
  import.meta.url,
).pathname;

let sandbox: TestSandbox;
let app: App;
let admin: Connection;

/** What an admin does who has a language on Contact: the field, a grant for the service, the setting. */
async function nameTheLanguageField(settings: Record<string, string>): Promise<void> {
  const field =
    '<fields><fullName>Speaks__c</fullName><label>Speaks</label><length>40</length><type>Text</type></fields>';
  const grant =
    '<fieldPermissions><editable>false</editable><field>Contact.Speaks__c</field><readable>true</readable></fieldPermissions>';
  await deployed(sandbox, {
    'objects/Contact.object': xml('CustomObject', field),
    'permissionsets/NPS_Integration.permissionset': readFileSync(INTEGRATION, 'utf8').replace(
      '    <hasActivationRequired>',
      `${grant}\n    <hasActivationRequired>`,
    ),
    ...recordFile('NPS_Setting', 'Default', { Language_Field__c: 'Speaks__c', ...settings }),
  });
  await sandbox.advance('PT1M');
}

async function askedIn(speaks: string | null) {
  const { accountId, contactId, email } = await newCustomer(admin);
  await admin.update('Contact', { Id: contactId, Speaks__c: speaks });
  await publish(admin, 'First_Value', accountId);
  await untilIdle(app.url);
  const [mail] = await mailTo(sandbox.url, email);
  const soql = `SELECT Language__c FROM NPS_Survey__c WHERE Contact__c = '${contactId}'`;
  const { records } = await admin.query<{ Language__c: string }>(soql);
  if (!mail) throw new Error('No mail arrived.');
  return { mail, language: records[0]?.Language__c };
}

beforeAll(async () => {
  sandbox = await openTestSandbox();
  app = await startedService(sandbox);
  admin = await sandbox.adminConnection();
  await nameTheLanguageField({ Postal_Address__c: 'Nordwind GmbH\nHafenstraße 12\n20457 Hamburg' });
});
afterAll(async () => {
  await app.stop();
  await sandbox.close();
});

describe('a customer is written to in the language of their record', () => {
  test('mail, page and survey are German, and so are the trigger’s own sentences', async () => {
    const { mail, language } = await askedIn('Deutsch');
    expect(language).toBe('de');
    expect(['Wie war Ihr Start mit uns?', 'Sechs Wochen mit uns: eine kurze Frage']).toContain(mail.subject);
    expect(mail.text).toContain("Guten Tag Dana O'Neill,");
    expect(mail.text).toMatch(/Vor gut sechs Wochen hat Harbour \d+ & Söhne mit uns angefangen\./);
    expect(mail.text.trim().endsWith('Nordwind GmbH, Hafenstraße 12, 20457 Hamburg')).toBe(true);
    expect(mail.html).toContain('<html lang="de" dir="ltr">');

    const link = scoreLinks(mail).get('9') ?? '';
    const page = await (await fetch(link)).text();
    expect(page).toContain('<html lang="de" dir="ltr">');
    expect(page).toContain('<span lang="de" dir="auto">Was hätte Ihnen den Start mit uns leichter gemacht?</span>');
    const answer = new URLSearchParams({ score: '9', comment: 'Gut' });
    const thanks = await (await fetch(link, { method: 'POST', body: answer })).text();
    expect(thanks).toContain('<h1>Vielen Dank</h1>');
  });

  test.each([[null], ['en_US'], ['Klingon']])('and in English where it says %j', async (speaks) => {
    const { mail, language } = await askedIn(speaks);
    expect(language).toBe('en');
    expect(mail.text).toContain('It has been about six weeks');
  });

  test('or in the language the programme has by default', async () => {
    await nameTheLanguageField({ Default_Language__c: 'de' });
    expect(await askedIn(null)).toMatchObject({ language: 'de' });
    expect(await askedIn('English')).toMatchObject({ language: 'en' });
  });
});
