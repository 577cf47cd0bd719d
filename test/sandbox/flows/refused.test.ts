import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../src/sandbox/database.ts';
import { FlowsRefused } from '../../../src/sandbox/flows/refused.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { deployer } from '../deploy/package.ts';
import {
  assign,
  called,
  create,
  decide,
  element,
  type File,
  fields,
  filters,
  flow,
  formula,
  get,
  onRecord,
  scheduled,
  stageFlows,
  to,
  update,
  value,
  variable,
} from './flow-xml.ts';

const TEXT = variable('Text', 'String');
const set = assign('Set', [['Text', 'Assign', 'x']]);
const plain = (more: string) => flow('Odd', called('Set') + set + TEXT + more);
const start = (inner: string) => flow('Odd', `<start>${to('Set')}${inner}</start>${set}${TEXT}`);

function refusalsOf(file: File): readonly string[] {
  try {
    stageFlows([file]);
  } catch (error) {
    if (error instanceof FlowsRefused) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

test.each<[string, File, string]>([
  ['an element', plain(element('screens', 'Ask', '')), 'does not know <screens> in a flow'],
  [
    'an action',
    plain(element('actionCalls', 'Mail', '<actionType>emailSimple</actionType>')),
    'does not know the actionType "emailSimple"',
  ],
  [
    'a part of an element',
    plain(get('Get', 'Account', '<mystery>1</mystery>')),
    'does not know <mystery> in recordLookups',
  ],
  [
    'a part of a condition',
    plain(decide('Ask', [['Text', 'EqualTo', 'x']], 'Set').replace('<operator>', '<mystery/><operator>')),
    'does not know <mystery> in a condition',
  ],
  [
    'an operator of a decision',
    plain(decide('Ask', [['Text', 'WasVisited', true]], 'Set')),
    'does not know the operator WasVisited',
  ],
  [
    'an operator of a filter',
    plain(get('Get', 'Account', filters(['Name', 'Sounds', 'x']))),
    'does not know the operator Sounds',
  ],
  [
    'an operator of an assignment',
    plain(assign('Odd', [['Text', 'RemoveUncommon', 'x']])),
    'does not know the operator RemoveUncommon',
  ],
  [
    'a logic',
    plain(decide('Ask', [['Text', 'EqualTo', 'x']], 'Set', undefined, '1 XOR 1')),
    'cannot read the logic "1 XOR 1"',
  ],
  [
    'and beside or',
    plain(decide('Ask', [['Text', 'EqualTo', 'x']], 'Set', undefined, '1 AND 1 OR 1')),
    'cannot read the logic',
  ],
  [
    'a condition that is not there',
    plain(decide('Ask', [['Text', 'EqualTo', 'x']], 'Set', undefined, '1 AND 2')),
    'cannot read the logic',
  ],
  ['a function', plain(formula('Odd', 'Number', 'IMAGEPROXYURL("x")')), 'does not know the function IMAGEPROXYURL'],
  [
    'a function without a body',
    plain(formula('Odd', 'Boolean', 'ISNUMBER({!Text})')),
    'does not know the function ISNUMBER',
  ],
  ['a broken formula', plain(formula('Odd', 'Number', '1 + (')), 'cannot be parsed'],
  [
    'a formula that refers to itself',
    plain(formula('Odd', 'Number', '{!Even} + 1') + formula('Even', 'Number', '{!Odd} + 1')),
    'refers to itself',
  ],
  ['a data type', plain(variable('Odd', 'Apex')), 'does not know the data type Apex'],
  [
    'a value',
    plain(assign('Odd', [['Text', 'Assign', 'x']]).replaceAll('stringValue', 'apexValue')),
    'a value written as <apexValue>',
  ],
  ['a global', plain(assign('Odd', [['Text', 'Assign', { ref: '$Setup.Mine__c.X__c' }]])), 'does not know $Setup'],
  [
    'a part of a global',
    plain(assign('Odd', [['Text', 'Assign', { ref: '$Flow.InterviewGuid' }]])),
    'does not know $Flow.InterviewGuid',
  ],
  ['a name', plain(assign('Odd', [['Text', 'Assign', { ref: 'Nobody' }]])), 'no element or resource Nobody'],
  ['a name in a text', plain(assign('Odd', [['Text', 'Assign', 'Dear {!Nobody}']])), 'no element or resource Nobody'],
  ['a field', plain(get('Get', 'Account', filters(['Sold__c', 'EqualTo', 1]))), 'Account has no field Sold__c'],
  ['an object', plain(get('Get', 'Sold__c', '')), 'There is no object Sold__c'],
  [
    'a field that is not read',
    plain(
      get('Get', 'Account', '<queriedFields>Name</queriedFields>') +
        assign('Odd', [['Text', 'Assign', { ref: 'Get.Industry' }]]),
    ),
    'Get.Industry is not there: the Get Records element does not read Industry',
  ],
  [
    '$Record where none is',
    plain(assign('Odd', [['Text', 'Assign', { ref: '$Record.Name' }]])),
    'does not know $Record',
  ],
  [
    'a subflow that is not there',
    plain(element('subflows', 'Sub', '<flowName>Nobody</flowName>')),
    'There is no flow Nobody',
  ],
  [
    'an assignment to a formula',
    plain(formula('Odd', 'String', '"x"') + assign('Fix', [['Odd', 'Assign', 'x']])),
    'Nothing can be assigned to Odd',
  ],
  [
    'a screen flow',
    { ...plain(''), text: plain('').text.replace('AutoLaunchedFlow', 'Flow') },
    'does not know the processType "Flow"',
  ],
  ['sharing', plain('<runInMode>SystemModeWithSharing</runInMode>'), 'does not know the runInMode'],
  [
    'a trigger',
    start('<triggerType>RecordBeforeDelete</triggerType>'),
    'does not know the triggerType "RecordBeforeDelete"',
  ],
  [
    'a scheduled path',
    flow('Odd', onRecord('After', 'Create', 'Account', 'Set', '<scheduledPaths/>') + set + TEXT),
    'does not know <scheduledPaths>',
  ],
  [
    'a frequency',
    flow('Odd', scheduled('Hourly', '2026-01-01', '04:00:00.000Z', 'Set') + set + TEXT),
    'does not know the frequency "Hourly"',
  ],
  [
    'a date that is none',
    flow('Odd', scheduled('Daily', '2026-02-30', '04:00:00.000Z', 'Set') + set + TEXT),
    'is no date and time to start at',
  ],
  [
    'a record made before the save',
    flow('Odd', onRecord('Before', 'Create', 'Account', 'Make') + create('Make', 'Contact', { LastName: 'x' })),
    'cannot use <recordCreates> before the record is saved',
  ],
  [
    'another record changed before the save',
    flow(
      'Odd',
      onRecord('Before', 'Create', 'Account', 'Fix') +
        update('Fix', `<object>Contact</object>${fields({ LastName: 'x' })}`),
    ),
    'can update nothing but $Record',
  ],
  [
    'a change asked of something else than the record',
    plain(decide('Ask', [['Text', 'IsChanged', true]], 'Set')),
    'IsChanged is asked of fields of $Record only',
  ],
])('%s that is not known is refused when the flow is loaded', (_, file, sentence) => {
  const refusals = refusalsOf(file);
  expect(refusals).toContainEqual(expect.stringContaining(sentence));
});

test('what is known is not refused', () => {
  expect(refusalsOf(plain(variable('Used', 'Number', value('value', 1))))).toEqual([]);
});

const odd = plain(element('screens', 'Ask', ''));

test('a deploy reports file, line and what is not known, and keeps the version that was there', async () => {
  const before = plain('');
  const { org } = stageFlows([before]);
  const proxied = plain(formula('Proxied', 'String', 'IMAGEPROXYURL("https://x.example/y.png")')).text;
  const { status, failures } = await deployer(org).deploy({ 'flows/Odd.flow': proxied });
  expect(status).toBe('Failed');
  expect(failures).toEqual([
    {
      component: expect.objectContaining({ type: 'Flow', fullName: 'Odd', fileName: 'flows/Odd.flow' }),
      line: proxied.split('\n').findIndex((line) => line.includes('IMAGEPROXYURL')) + 1,
      problem: 'The sandbox does not know the function IMAGEPROXYURL.',
    },
  ]);
  expect(org.metadata().find(({ path }) => path === before.path)?.text).toBe(before.text);
  expect(org.flows.all().map(({ name }) => name)).toContain('Odd');
});

test('a deploy that is only validated changes no flow', async () => {
  const { org } = stageFlows([]);
  const { failures } = await deployer(org).validate({ 'flows/Odd.flow': plain('').text });
  expect(failures).toEqual([]);
  expect(org.flows.all().map(({ name }) => name)).not.toContain('Odd');
});

test('a sandbox with such a flow does not start, and says why', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const options = { dataDir, port: 0, pubsubPort: 0, seed: 'empty-company' } as const;
  await (await startSandbox(options)).close();
  const database = openDatabase(dataDir);
  database.prepare('INSERT INTO org_metadata (path, text) VALUES (?, ?)').run(odd.path, odd.text);
  database.close();
  await expect(startSandbox(options)).rejects.toThrow(
    /^The sandbox cannot start\.\nflows\/Odd\.flow-meta\.xml: The sandbox does not know <screens> in a flow\. \(line \d+\)$/,
  );
});
