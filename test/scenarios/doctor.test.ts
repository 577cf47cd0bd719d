import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployed, recordFile } from '../support/deploy.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { killAll, type RunningProcess, startServiceAlone, temporaryFolder, untilIdle } from '../support/stack.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const run = promisify(execFile);

let sandbox: TestSandbox;
let service: RunningProcess;
let url: string;

beforeAll(async () => {
  sandbox = await openTestSandbox({ seed: 'empty-company' });
  service = await startServiceAlone(temporaryFolder(), { ...sandbox.environment, PORT: '0' });
  url = service.addresses.Service ?? '';
  await untilIdle(url);
});

afterAll(async () => {
  killAll();
  await sandbox.close();
});

/** As a person runs it. */
async function doctor(environment: Record<string, string> = {}) {
  const env = { PATH: process.env.PATH, ...sandbox.environment, PUBLIC_URL: url, ...environment };
  const { stdout, code } = await run(process.execPath, ['scripts/run.mjs', 'scripts/doctor.ts'], {
    cwd: ROOT,
    env,
  }).then(
    (done) => ({ ...done, code: 0 }),
    (failed: { stdout: string; code: number }) => failed,
  );
  return { code, problems: stdout.split('\n').filter((line) => line.startsWith('PROBLEM')), text: stdout };
}

test('all is well with a service that runs', async () => {
  const { code, problems, text } = await doctor();
  expect(problems).toEqual([]);
  expect(code).toBe(0);
  for (const what of [
    'Salesforce',
    'Settings',
    'trigger-pre_renewal',
    'NPS_Command__e',
    'routing-rule-detractor_call',
    'Service',
    'Mail',
    'Address',
  ])
    expect(text).toMatch(new RegExp(`^ok +${what} `, 'm'));
});

test('a wrong mail key, a service that is not there and credentials that are refused are told with the way out', async () => {
  expect((await doctor({ SENDGRID_API_KEY: 'SG.wrong' })).problems).toEqual([expect.stringContaining('Mail Send')]);
  expect((await doctor({ PUBLIC_URL: 'http://localhost:9' })).problems).toEqual([
    expect.stringContaining('check PUBLIC_URL'),
  ]);
  const { code, problems } = await doctor({ SALESFORCE_CLIENT_ID: 'somebody' });
  expect([code, problems]).toEqual([1, [expect.stringContaining('SALESFORCE_LOGIN_URL')]]);
});

test('a service that would believe no event of a mail is told how it can, and is no problem', async () => {
  const { code, text } = await doctor({ SENDGRID_WEBHOOK_PUBLIC_KEY: '' });
  expect([code, text]).toEqual([0, expect.stringMatching(/^note +Mail events .*npm run webhook/m)]);
});

test('a bad record and a missing grant are told by what they name', async () => {
  const path = 'permissionsets/NPS_Integration.permissionset-meta.xml';
  const shipped = sandbox.org.metadata().find((file) => file.path === path)?.text ?? '';
  const score =
    /\s*<fieldPermissions>\s*<editable>\w+<\/editable>\s*<field>NPS_Response__c\.Score__c<[\s\S]*?<\/fieldPermissions>/;
  await deployed(sandbox, {
    ...recordFile('NPS_Trigger', 'Pre_Renewal', { Date_Field__c: 'Renews_On__c' }),
    ...recordFile('NPS_Setting', 'Default', { Blackouts__c: 'next week' }),
    'permissionsets/NPS_Integration.permissionset': shipped.replace(score, ''),
  });
  const { code, problems } = await doctor();
  expect(code).toBe(1);
  expect(problems).toEqual([
    expect.stringMatching(/Responses .*Score__c/),
    expect.stringMatching(/Settings .*Blackouts__c/),
    expect.stringMatching(/trigger-pre_renewal .*Contract\.Renews_On__c/),
  ]);
  await deployed(sandbox, {
    ...recordFile('NPS_Trigger', 'Pre_Renewal', {}),
    ...recordFile('NPS_Setting', 'Default', {}),
    'permissionsets/NPS_Integration.permissionset': shipped,
  });
  expect((await doctor()).code).toBe(0);
});

test('a wrong routing rule, a wrong step and an event that is not granted are told, too', async () => {
  const path = 'permissionsets/NPS_Integration.permissionset-meta.xml';
  const shipped = sandbox.org.metadata().find((file) => file.path === path)?.text ?? '';
  const command =
    /\s*<objectPermissions>(?:(?!<\/objectPermissions>)[\s\S])*?<object>NPS_Command__e<[\s\S]*?<\/objectPermissions>/;
  await deployed(sandbox, {
    ...recordFile('NPS_Routing_Rule', 'Passive_At_Risk', { Notify__c: 'User' }),
    ...recordFile('NPS_Sequence_Step', 'Detractor_Acknowledgment', { Template__c: 'thanks' }),
    'permissionsets/NPS_Integration.permissionset': shipped.replace(command, ''),
  });
  const { code, problems } = await doctor();
  expect(code).toBe(1);
  expect(problems).toEqual([
    expect.stringMatching(/NPS_Command__e .*Grant its user Read/),
    expect.stringMatching(/routing-rule-passive_at_risk .*Notify_Username__c is empty/),
    expect.stringMatching(/sequence-detractor .*Detractor_Acknowledgment.*Template__c/),
  ]);
  await deployed(sandbox, {
    ...recordFile('NPS_Routing_Rule', 'Passive_At_Risk', {}),
    ...recordFile('NPS_Sequence_Step', 'Detractor_Acknowledgment', {}),
    'permissionsets/NPS_Integration.permissionset': shipped,
  });
  expect((await doctor()).code).toBe(0);
});

test('a service that fell silent is missed', async () => {
  await service.kill();
  await sandbox.advance('PT26M');
  expect((await doctor()).problems).toEqual([
    expect.stringMatching(/Service .*sign of life/),
    expect.stringContaining('check PUBLIC_URL'),
  ]);
});
