import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { topicsOf } from '../../../src/sandbox/bus/topics.ts';
import { deployAnswer } from '../../../src/sandbox/deploy/deploy-result.ts';
import { ADMIN } from '../../../src/sandbox/org/open-org.ts';
import { stageOrg } from '../org/org-stage.ts';
import { checkboxField, deployer, xml, zipped } from './package.ts';

const VIP = { 'objects/Account.object': xml('CustomObject', checkboxField('VIP__c')) };
const BROKEN = {
  'objects/Account.object': xml('CustomObject', checkboxField('VIP__c').replace('Checkbox', 'Tickbox')),
};

const trigger = (question: string, type = 'xsd:string') =>
  xml(
    'CustomMetadata xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
    `  <label>First value</label>
  <protected>false</protected>
  <values>
    <field>Open_Question__c</field>
    <value xsi:type="${type}">${question}</value>
  </values>`,
  ).replace(/<\/CustomMetadata [^>]*>/, '</CustomMetadata>');
const FIRST_VALUE = 'customMetadata/NPS_Trigger.First_Value.md';

/** A record that points at a trigger. */
const textOf = (name: string) =>
  trigger('Warum?')
    .replaceAll('\n</CustomMetadata>', '')
    .concat(
      `\n  <values><field>Language__c</field><value xsi:type="xsd:string">fr</value></values>`,
      `\n  <values><field>Trigger__c</field><value xsi:type="xsd:string">${name}</value></values>\n</CustomMetadata>\n`,
    );

const FLOW = xml(
  'Flow',
  `  <apiVersion>68.0</apiVersion>
  <assignments>
    <name>Note_It</name>
    <label>Note it</label>
    <locationX>0</locationX>
    <locationY>0</locationY>
    <assignmentItems>
      <assignToReference>Noted</assignToReference>
      <operator>Assign</operator>
      <value>
        <booleanValue>true</booleanValue>
      </value>
    </assignmentItems>
  </assignments>
  <description>For tests.</description>
  <label>Waits</label>
  <processType>AutoLaunchedFlow</processType>
  <start>
    <locationX>0</locationX>
    <locationY>0</locationY>
    <connector>
      <targetReference>Note_It</targetReference>
    </connector>
  </start>
  <status>Active</status>
  <variables>
    <name>Noted</name>
    <dataType>Boolean</dataType>
    <isCollection>false</isCollection>
    <isInput>false</isInput>
    <isOutput>true</isOutput>
  </variables>`,
);

const questionOf = (org: ReturnType<typeof stageOrg>['org']) =>
  org.query("SELECT Open_Question__c FROM NPS_Trigger__mdt WHERE DeveloperName = 'First_Value'")[0]?.Open_Question__c;

describe('a deploy', () => {
  it('adds a field, and rows that were there have a value in a new checkbox', async () => {
    const { org } = stageOrg();
    org.insert('Account', { Name: 'Here before' });
    const { status, failures } = await deployer(org).deploy(VIP);
    expect({ status, failures }).toEqual({ status: 'Succeeded', failures: [] });
    expect(org.query('SELECT Name FROM Account WHERE VIP__c = false')).toEqual([{ Name: 'Here before' }]);
    expect(org.query('SELECT NPS_Score__c FROM Account')).toHaveLength(1);
  });

  it('tells of a bundle of many files as of one component', async () => {
    const { org } = stageOrg();
    const deployment = await deployer(org).deploy({
      'lwc/npsHello/npsHello.js':
        "import { LightningElement } from 'lwc';\nexport default class NpsHello extends LightningElement {}\n",
      'lwc/npsHello/npsHello.html': '<template>Hello</template>\n',
      'lwc/npsHello/npsHello.js-meta.xml': xml('LightningComponentBundle', '  <apiVersion>68.0</apiVersion>'),
    });
    const bundle = { componentType: 'LightningComponentBundle', fullName: 'npsHello', success: true };
    const componentSuccesses = [expect.objectContaining(bundle)];
    expect(deployAnswer(deployment, true)).toMatchObject({
      deployResult: { numberComponentsDeployed: 1, details: { componentSuccesses } },
    });
  });

  it('replaces a custom metadata record, which keeps its id', async () => {
    const { org } = stageOrg();
    const id = () => org.query("SELECT Id FROM NPS_Trigger__mdt WHERE DeveloperName = 'First_Value'")[0]?.Id;
    const before = id();
    const { status } = await deployer(org).deploy({ [FIRST_VALUE]: trigger('What changed?') });
    expect(status).toBe('Succeeded');
    expect(questionOf(org)).toBe('What changed?');
    expect(id()).toBe(before);
  });

  it('finds the record that another one points at, in whatever order they are packed', async () => {
    const { org } = stageOrg();
    const { status, failures } = await deployer(org).deploy({
      'customMetadata/NPS_Trigger_Text.Install_fr.md': textOf('Install'),
      'customMetadata/NPS_Trigger.Install.md': trigger('What now?'),
    });
    expect({ status, failures }).toEqual({ status: 'Succeeded', failures: [] });
    expect(
      org.query("SELECT Trigger__r.DeveloperName FROM NPS_Trigger_Text__mdt WHERE DeveloperName = 'Install_fr'"),
    ).toMatchObject([{ Trigger__r: { DeveloperName: 'Install' } }]);
  });

  it('is found again by a later start on the same database', async () => {
    const database = new Database(':memory:');
    await deployer(stageOrg(database).org).deploy({ ...VIP, [FIRST_VALUE]: trigger('What changed?') });
    const { org } = stageOrg(database);
    expect(org.schema.get('Account').field('VIP__c')?.type).toBe('boolean');
    expect(questionOf(org)).toBe('What changed?');
  });

  it('is forgotten by a reset', async () => {
    const { org } = stageOrg();
    await deployer(org).deploy(VIP);
    org.reset();
    expect(org.schema.get('Account').field('VIP__c')).toBeUndefined();
  });

  it('makes a topic of a new event at once', async () => {
    const { org } = stageOrg();
    const topics = topicsOf(org.schema);
    const event = `  <deploymentStatus>Deployed</deploymentStatus>
  <description>For tests.</description>
  <eventType>HighVolume</eventType>
  <label>Ping</label>
  <pluralLabel>Pings</pluralLabel>
  <publishBehavior>PublishAfterCommit</publishBehavior>`;
    const { failures } = await deployer(org).deploy({ 'objects/Ping__e.object': xml('CustomObject', event) });
    expect(failures).toEqual([]);
    expect(topics.named('/event/Ping__e').event).toBe('Ping__e');
  });

  it('of an active flow arrives inactive in production, and active in a sandbox', async () => {
    const status = async (production: boolean) => {
      const { org } = stageOrg();
      const { failures } = await deployer(org, production).deploy({ 'flows/Waits.flow': FLOW });
      expect(failures).toEqual([]);
      const kept = org.metadata().find(({ path }) => path === 'flows/Waits.flow-meta.xml')?.text;
      return /<status>(\w+)<\/status>/.exec(kept ?? '')?.[1];
    };
    expect(await status(true)).toBe('Draft');
    expect(await status(false)).toBe('Active');
  });
});

describe('a deploy changes nothing', () => {
  it('when it only validates', async () => {
    const { org } = stageOrg();
    const before = questionOf(org);
    const { status } = await deployer(org).validate({ ...VIP, [FIRST_VALUE]: trigger('What changed?') });
    expect(status).toBe('Succeeded');
    expect(org.schema.get('Account').field('VIP__c')).toBeUndefined();
    expect(questionOf(org)).toBe(before);
  });

  it('when one component is refused, and says which and where', async () => {
    const { org } = stageOrg();
    const before = questionOf(org);
    const { status, failures } = await deployer(org).deploy({ ...BROKEN, [FIRST_VALUE]: trigger('What changed?') });
    expect(status).toBe('Failed');
    const [failure] = failures;
    expect(failure?.component).toMatchObject({ type: 'CustomField', fullName: 'Account.VIP__c' });
    expect(BROKEN['objects/Account.object'].split('\n')[(failure?.line ?? 0) - 1]).toContain('Tickbox');
    expect(questionOf(org)).toBe(before);
  });

  it('when a record has a value its field does not take', async () => {
    const { org } = stageOrg();
    const before = questionOf(org);
    const { failures } = await deployer(org).deploy({ [FIRST_VALUE]: trigger('x'.repeat(40_000)) });
    expect(failures[0]?.component.fullName).toBe('NPS_Trigger.First_Value');
    expect(questionOf(org)).toBe(before);
  });

  it('when a record points at one that is not there', async () => {
    const { org } = stageOrg();
    const path = 'customMetadata/NPS_Trigger_Text.Nobody_fr.md';
    const { failures } = await deployer(org).deploy({ [path]: textOf('Nobody') });
    expect(failures[0]?.problem).toContain('there is no NPS_Trigger__mdt record Nobody');
  });

  it('when the zip is none', async () => {
    const { org } = stageOrg();
    const { deployments } = deployer(org);
    const deployment = deployments.start(new Blob(['no zip']), { checkOnly: false }, org.userId(ADMIN));
    await deployments.settled();
    expect(deployment).toMatchObject({ status: 'Failed', error: expect.stringContaining('zip') });
  });

  it('when it would delete something', async () => {
    const { org } = stageOrg();
    const removal = { ...VIP, 'destructiveChanges.xml': xml('Package', '  <version>68.0</version>') };
    expect((await deployer(org).deploy(removal)).error).toContain('deletes nothing');
    expect(org.schema.get('Account').field('VIP__c')).toBeUndefined();
  });

  it('when it is canceled before its turn, and cannot be canceled after', async () => {
    const { org } = stageOrg();
    const { deployments } = deployer(org);
    const { id } = deployments.start(await zipped(VIP), { checkOnly: false }, org.userId(ADMIN));
    deployments.cancel(id);
    await deployments.settled();
    expect(deployments.get(id).status).toBe('Canceled');
    expect(org.schema.get('Account').field('VIP__c')).toBeUndefined();
    expect(() => deployments.cancel(id)).toThrow('it is Canceled');
  });
});

describe('a quick deploy', () => {
  it('deploys what was validated', async () => {
    const { org } = stageOrg();
    const { deployments, validate } = deployer(org);
    const { id } = await validate(VIP);
    deployments.startValidated(id, org.userId(ADMIN));
    await deployments.settled();
    expect(org.schema.get('Account').field('VIP__c')).toBeDefined();
  });

  it('is refused for what failed', async () => {
    const { org } = stageOrg();
    const { deployments, validate } = deployer(org);
    const { id } = await validate(BROKEN);
    expect(() => deployments.startValidated(id, org.userId(ADMIN))).toThrow('no successful validation');
  });
});
