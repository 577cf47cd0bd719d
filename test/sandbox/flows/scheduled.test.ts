import { expect, test } from 'vitest';
import { startTestSandbox } from '../../support/sandbox.ts';
import { create, filters, flow, scheduled, stageFlows, update } from './flow-xml.ts';

const event = { Trigger__c: 'Custom', Account_Id__c: '001000000000001AAA' };
const publishing = (frequency: string, date = '2026-01-01', time = '04:15:00.000Z') =>
  flow('Tick', scheduled(frequency, date, time, 'Publish') + create('Publish', 'NPS_Lifecycle__e', event));
const noting = create('Note', 'Thing__c', { Name: 'Noted', Bought__c: { ref: '$Flow.CurrentDate' } });

test('a flow that becomes active runs when it falls due next, and not for times gone by', () => {
  const { published, travelTo } = stageFlows([publishing('Daily')]);
  travelTo('2026-11-23T04:14:59Z');
  expect(published).toEqual([]);
  travelTo('2026-11-23T04:15:00Z');
  expect(published).toMatchObject([{ event: 'NPS_Lifecycle__e', payload: event, publishedBy: 'flow:Tick' }]);
});

test('days that were missed are one run', () => {
  const { published, travelTo } = stageFlows([publishing('Daily')]);
  travelTo('2026-11-26T10:00:00Z');
  expect(published).toHaveLength(1);
});

test.each([
  ['Once', '2026-11-25', ['2026-11-25']],
  ['Once', '2026-11-21', []],
  [
    'Daily',
    '2026-11-25',
    ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30', '2026-12-01'],
  ],
  ['Weekly', '2026-11-17', ['2026-11-24', '2026-12-01']],
])('%s from %s on runs on %j', (frequency, date, days) => {
  const { things, travelTo } = stageFlows([flow('Tick', scheduled(frequency, date, '04:15:00.000Z', 'Note') + noting)]);
  for (let day = 23; day <= 31; day++) {
    travelTo(new Date(Date.UTC(2026, 10, day, 12)).toISOString());
  }
  expect(things('Bought__c FROM Thing__c ORDER BY Bought__c').map(({ Bought__c }) => Bought__c)).toEqual(days);
});

test.each([
  ['2026-10-23T20:00:00Z', '2026-10-24T02:15:00Z'],
  // Summer time ends at 3 o'clock on 25 October.
  ['2026-10-24T20:00:00Z', '2026-10-25T03:15:00Z'],
])('times are those of the org’s zone, in summer and in winter: after %s it runs at %s', (at, next) => {
  const { org, published, flowNamed, travelTo } = stageFlows([publishing('Daily')], undefined, at);
  org.update('Organization', org.id, { TimeZoneSidKey: 'Europe/Berlin' });
  expect(flowNamed('Tick')?.next).toEqual(new Date(next));
  travelTo(new Date(new Date(next).getTime() - 1).toISOString());
  expect(published).toEqual([]);
  travelTo(next);
  expect(published).toHaveLength(1);
});

test('a restart repeats no run and forgets none', () => {
  const first = stageFlows([publishing('Daily')]);
  first.travelTo('2026-11-23T04:15:00Z');
  const second = stageFlows([], first.database, '2026-11-23T04:16:00Z');
  second.travelTo('2026-11-23T23:00:00Z');
  expect(second.published).toEqual([]);
  expect(second.flowNamed('Tick')?.run).toMatchObject({ lastRun: new Date('2026-11-23T04:15:00Z'), failures: [] });
  second.travelTo('2026-11-24T04:15:00Z');
  expect(second.published).toHaveLength(1);
});

test('an inactive flow does not run, and activated it does not catch up', () => {
  const { org, published, flowNamed, travelTo } = stageFlows([publishing('Daily')]);
  org.install([{ ...publishing('Daily'), text: publishing('Daily').text.replace('>Active<', '>Obsolete<') }], {
    checkOnly: false,
  });
  travelTo('2026-11-24T10:00:00Z');
  expect(flowNamed('Tick')).toMatchObject({ isActive: false, next: undefined });
  org.install([publishing('Daily')], { checkOnly: false });
  travelTo('2026-11-24T11:00:00Z');
  expect(published).toEqual([]);
  travelTo('2026-11-25T04:15:00Z');
  expect(published).toHaveLength(1);
});

test('with an object it has an interview for each row its filters find', () => {
  const onThings = `<object>Thing__c</object>${filters(['Price__c', 'GreaterThan', 10])}`;
  const stamp = update(
    'Stamp',
    '<inputReference>$Record</inputReference><inputAssignments><field>Bought__c</field><value><elementReference>$Flow.CurrentDate</elementReference></value></inputAssignments>',
  );
  const { org, things, travelTo, flowNamed } = stageFlows([
    flow('Each', scheduled('Daily', '2026-01-01', '04:15:00.000Z', 'Stamp', onThings) + stamp),
  ]);
  for (const Price__c of [5, 11, 12]) org.insert('Thing__c', { Name: `Thing ${Price__c}`, Price__c, Bought__c: null });
  travelTo('2026-11-23T10:00:00Z');
  expect(things('Name FROM Thing__c WHERE Bought__c = 2026-11-23 ORDER BY Name')).toEqual([
    { Name: 'Thing 11' },
    { Name: 'Thing 12' },
  ]);
  expect(flowNamed('Each')?.run).toMatchObject({ interviews: 2, failures: [] });
});

test('an interview that fails undoes its own writes, is told, and leaves the others alone', () => {
  const onThings = '<object>Thing__c</object>';
  const steps =
    create('Copy', 'Thing__c', { Name: { ref: '$Record.Name' }, Price__c: 1, Bought__c: null }, 'Key') +
    update(
      'Key',
      '<inputReference>$Record</inputReference><inputAssignments><field>Price__c</field><value><elementReference>Dearer</elementReference></value></inputAssignments>',
    ) +
    '<formulas><name>Dearer</name><dataType>Number</dataType><expression>{!$Record.Price__c} + 1</expression></formulas>';
  const { org, names, travelTo, flowNamed } = stageFlows([
    flow('Each', scheduled('Once', '2026-11-23', '04:15:00.000Z', 'Copy', onThings) + steps),
  ]);
  for (const Price__c of [5, 11]) org.insert('Thing__c', { Name: `Thing ${Price__c}`, Price__c });
  travelTo('2026-11-23T10:00:00Z');
  expect(names()).toEqual(['Thing 11', 'Thing 5', 'Thing 5']);
  expect(flowNamed('Each')?.run?.failures).toEqual([
    'This error occurred when the flow tried to update records: FIELD_CUSTOM_VALIDATION_EXCEPTION: The price stays.. You can look up ExceptionCode values in the SOAP API Developer Guide.',
  ]);
});

test('a start that finds nothing because its filter cannot be asked is a failed run, told like any other', () => {
  const byLongText = `<object>Case</object>${filters(['Description', 'EqualTo', 'x'])}`;
  const { travelTo, flowNamed } = stageFlows([
    flow('Each', scheduled('Daily', '2026-01-01', '04:15:00.000Z', 'Note', byLongText) + noting),
  ]);
  travelTo('2026-11-23T10:00:00Z');
  expect(flowNamed('Each')?.run).toMatchObject({
    interviews: 0,
    failures: [expect.stringContaining('can not be filtered')],
  });
});

test('a journey of 120 days runs a daily flow 120 times, each at its own hour, and hands on its events day by day', async () => {
  const sandbox = await startTestSandbox({ seed: 'empty-company', startAt: new Date('2026-11-22T10:00:00Z') });
  sandbox.org.install([publishing('Daily')], { checkOnly: false });
  await sandbox.advance('P120D');
  const mine = (await sandbox.events()).filter(({ publishedBy }) => publishedBy === 'flow:Tick');
  expect(mine).toHaveLength(120);
  expect(mine.map(({ at }) => at.slice(0, 16)).slice(0, 2)).toEqual(['2026-11-23T03:15', '2026-11-24T03:15']);
  expect(mine.at(-1)?.at.slice(0, 16)).toBe('2027-03-22T03:15');
});
