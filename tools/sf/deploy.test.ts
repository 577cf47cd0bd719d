import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Cli, openSignedIn } from './cli.ts';

const PACKAGE = ['--source-dir', 'force-app/main', '--source-dir', 'force-app/defaults'];
const TRIGGER = 'force-app/defaults/main/default/customMetadata/NPS_Trigger.First_Value.md-meta.xml';
const SCORE = 'force-app/main/default/objects/Account/fields/NPS_Score__c.field-meta.xml';

interface Deployed {
  status: string;
  checkOnly: boolean;
  files: { fullName: string; type: string; state: string; filePath: string; error?: string; lineNumber?: number }[];
}

// One story: an org gets what is ours, first tried out, then for good, then changed.
describe('sf deploys our project to an org that has nothing of ours', () => {
  const settings = { SANDBOX_EMPTY: '1' };
  let signedIn: Awaited<ReturnType<typeof openSignedIn>>;
  let cli: Cli;
  beforeAll(async () => {
    signedIn = await openSignedIn(settings);
    cli = signedIn.cli;
  });
  afterAll(() => signedIn.org.stop());

  const customObjects = () => cli.result<string[]>('sobject', 'list', '--sobject', 'custom');
  const subject = async () => {
    const soql = "SELECT Subject_A__c FROM NPS_Trigger__mdt WHERE DeveloperName = 'First_Value'";
    const { records } = await cli.result<{ records: { Subject_A__c: string }[] }>('data', 'query', '--query', soql);
    return records[0]?.Subject_A__c;
  };
  const edit = (path: string, change: (text: string) => string) => {
    const file = join(cli.project, path);
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, change(before));
    return () => writeFileSync(file, before);
  };

  it('knows none of our objects at first', async () => {
    expect(await customObjects()).toEqual([]);
  });

  it('validates the project and changes nothing', async () => {
    const { status, checkOnly, files } = await cli.result<Deployed>('project', 'deploy', 'validate', ...PACKAGE);
    expect({ status, checkOnly }).toEqual({ status: 'Succeeded', checkOnly: true });
    expect(files).toContainEqual(expect.objectContaining({ fullName: 'Account.NPS_Score__c', type: 'CustomField' }));
    expect(await customObjects()).toEqual([]);
  });

  it('is refused a faulty component, with its file and its line in the package, and then changes nothing', async () => {
    const mend = edit(SCORE, (text) => text.replaceAll('precision>', 'precison>'));
    await cli.result('project', 'convert', 'source', ...PACKAGE, '--output-dir', 'package');
    const sent = readFileSync(join(cli.project, 'package/objects/Account.object'), 'utf8').split('\n');
    const { code, stdout } = await cli.run('project', 'deploy', 'start', ...PACKAGE, '--json');
    mend();
    expect(code).toBe(1);
    const { status, files } = (JSON.parse(stdout) as { result: Deployed }).result;
    expect(status).toBe('Failed');
    expect(files).toContainEqual(
      expect.objectContaining({
        fullName: 'Account.NPS_Score__c',
        state: 'Failed',
        filePath: join(cli.project, SCORE),
        lineNumber: sent.findIndex((line) => line.includes('<precison>')) + 1,
        error: expect.stringContaining('precison'),
      }),
    );
    expect(await customObjects()).toEqual([]);
  });

  it('deploys the project, and the org has our objects, fields, records and permission sets', async () => {
    const { status, files } = await cli.result<Deployed>('project', 'deploy', 'start', ...PACKAGE);
    expect(status).toBe('Succeeded');
    expect(files.filter(({ state }) => state === 'Failed')).toEqual([]);
    expect(files.find(({ fullName }) => fullName === 'NPS_Survey__c')?.state).toBe('Created');
    expect(await customObjects()).toEqual(expect.arrayContaining(['NPS_Response__c', 'NPS_Survey__c']));
    const values = "Name='New here' NPS_Survey_Opt_Out__c=true";
    await cli.result('data', 'create', 'record', '--sobject', 'Account', '--values', values);
    await cli.result('org', 'assign', 'permset', '--name', 'NPS_Admin');
  });

  it('changes a custom metadata record by deploying it', async () => {
    const before = await subject();
    edit(TRIGGER, (text) => text.replace(String(before), 'A new subject'));
    await cli.result('project', 'deploy', 'start', '--source-dir', TRIGGER);
    expect(await subject()).toBe('A new subject');
  });

  it('finds all that was deployed after the org was started again', async () => {
    await signedIn.org.stop();
    signedIn = await openSignedIn(settings, signedIn.dataDir);
    cli = signedIn.cli;
    expect(await customObjects()).toContain('NPS_Survey__c');
    expect(await subject()).toBe('A new subject');
  });
});
