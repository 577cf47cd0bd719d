import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/nps/settings.ts';
import { SHIPPED_FLOWS, type ShippedFlow } from '../../src/nps/shipped-flows.ts';
import { all, along, first, isFault, parseXml, textOf, type XmlElement } from '../../src/sandbox/metadata/xml.ts';
import { children, filesOf, rawText, text } from './metadata.ts';

const flows = new Map(
  filesOf('flow').map(({ name, path }) => {
    const root = parseXml(rawText(path));
    if (isFault(root)) throw new Error(`${path}: ${root.message}`);
    return [name, root] as const;
  }),
);

function flowNamed(name: string): XmlElement {
  const flow = flows.get(name);
  if (!flow) throw new Error(`There is no flow ${name}.`);
  return flow;
}

function named(root: XmlElement, name: string): XmlElement {
  const element = root.children.find((child) => textOf(child, 'name') === name);
  if (!element) throw new Error(`There is no element ${name}.`);
  return element;
}

/** What stands behind a name in a list of assignments, filters or conditions: a literal, or the name of a resource. */
const valueIn = (element: XmlElement) =>
  along(element, 'value').concat(along(element, 'rightValue'))[0]?.children[0]?.text;

const inputsOf = (subflow: XmlElement) =>
  Object.fromEntries(all(subflow, 'inputAssignments').map((input) => [textOf(input, 'name'), valueIn(input)]));

/** The filters of a Get Records element on fields other than the date, as the SOQL they amount to. */
const asCondition = (lookup: XmlElement, dateField: string) =>
  all(lookup, 'filters')
    .filter((filter) => ![dateField, 'AccountId'].includes(textOf(filter, 'field') ?? ''))
    .map((filter) => {
      const literal = first(filter, 'value')?.children[0];
      const value = literal?.name === 'stringValue' ? `'${literal.text}'` : literal?.text;
      return `${textOf(filter, 'field')} = ${value}`;
    })
    .join(' AND ');

const asAsked = ({ object, dateField, condition, accountField, contactField }: ShippedFlow, trigger: string) => ({
  Trigger_Name: trigger,
  Source_Object: object,
  Date_Field: dateField,
  Condition: condition ?? 'none',
  Account_Field: accountField,
  Contact_Field: contactField ?? 'none',
});

const shipped = [...SHIPPED_FLOWS].map(([trigger, flow]) => ({ trigger, flow, root: flowNamed(flow.name) }));
const scheduled = shipped.filter(({ root }) => along(root, 'start/triggerType')[0]?.text === 'Scheduled');

describe('the service and the flows agree on', () => {
  it.each(shipped)('what the flow of $trigger serves', ({ trigger, flow, root }) => {
    expect(inputsOf(named(root, 'Find_Due_Dates'))).toEqual(asAsked(flow, trigger));
  });

  it.each(scheduled)('what the flow of $trigger reads', ({ trigger, flow, root }) => {
    const [lookup] = all(root, 'recordLookups');
    if (!lookup) throw new Error('The flow reads nothing.');
    expect(textOf(lookup, 'object')).toBe(flow.object);
    expect(all(lookup, 'filters').map((filter) => textOf(filter, 'field'))).toContain(flow.dateField);
    expect(asCondition(lookup, flow.dateField)).toBe(flow.condition);
    const each = textOf(all(root, 'loops')[0] ?? lookup, 'name');
    const noted = all(named(root, 'Note_Moment'), 'assignmentItems');
    const filled = Object.fromEntries(noted.map((item) => [textOf(item, 'assignToReference'), valueIn(item)]));
    expect(filled).toMatchObject({
      'Moment.Trigger__c': trigger,
      'Moment.Account_Id__c': `${each}.${flow.accountField}`,
      'Moment.Source_Id__c': `${each}.Id`,
      'Moment.Anchor_Date__c': flow.dateField === 'ClosedDate' ? 'Anchor_Date' : `${each}.${flow.dateField}`,
    });
    expect(filled['Moment.Contact_Id__c']).toBe(flow.contactField ? `${each}.${flow.contactField}` : undefined);
  });

  it('when a flow stands down', () => {
    const [serves] = all(named(flowNamed('NPS_Due_Dates'), 'Does_This_Flow_Serve_It'), 'rules').slice(-1);
    const compared = all(serves ?? flowNamed('NPS_Due_Dates'), 'conditions').map((condition) => [
      textOf(condition, 'leftValueReference'),
      valueIn(condition),
    ]);
    expect(compared).toEqual([
      ['Get_Trigger.Active__c', 'true'],
      ['Get_Trigger.Source_Object__c', 'Source_Object'],
      ['Get_Trigger.Date_Field__c', 'Date_Field'],
      ['Condition_Or_None', 'Condition'],
      ['Get_Trigger.Account_Field__c', 'Account_Field'],
      ['Contact_Field_Or_None', 'Contact_Field'],
      ['Get_Trigger.Offset_Days__c', 'false'],
    ]);
  });

  it('when the flow that stamps the milestone stands down', () => {
    const usage = SHIPPED_FLOWS.get('Usage_Milestone');
    const [crossed] = all(named(flowNamed('NPS_Usage_Milestone_Stamp'), 'Is_the_Threshold_Crossed'), 'rules').slice(-1);
    const compared = Object.fromEntries(
      all(crossed ?? flowNamed('NPS_Usage_Milestone_Stamp'), 'conditions').map((condition) => [
        textOf(condition, 'leftValueReference'),
        [textOf(condition, 'operator'), valueIn(condition)],
      ]),
    );
    expect(compared).toMatchObject({
      'Get_Trigger.Source_Object__c': ['EqualTo', usage?.object],
      'Get_Trigger.Date_Field__c': ['EqualTo', usage?.dateField],
      'Get_Trigger.Condition__c': ['IsNull', 'true'],
      'Get_Trigger.Account_Field__c': ['EqualTo', usage?.accountField],
      'Get_Trigger.Contact_Field__c': ['IsNull', 'true'],
    });
  });

  it('how long a missed moment is asked about when nobody says', () => {
    expect(textOf(named(flowNamed('NPS_Due_Dates'), 'First_Day'), 'expression')).toContain(
      `BLANKVALUE({!Look_Back_Days}, ${DEFAULT_SETTINGS.lookBackDays})`,
    );
  });

  it('which trigger matters more: its flow runs first', () => {
    const priority = new Map(
      filesOf('md').map(({ name, root }) => {
        const value = children(root, 'values').find((each) => text(each, 'field') === 'Priority__c');
        return [name.replace('NPS_Trigger.', ''), Number(value && text(value, 'value'))] as const;
      }),
    );
    const byTime = scheduled.toSorted((one, other) => (timeOf(one.root) < timeOf(other.root) ? -1 : 1));
    const priorities = byTime.map(({ trigger }) => priority.get(trigger) ?? Number.NaN);
    expect(priorities).toEqual(priorities.toSorted((one, other) => one - other));
    expect(new Set(byTime.map(({ root }) => timeOf(root))).size).toBe(3);
  });
});

const timeOf = (root: XmlElement) => along(root, 'start/schedule/startTime')[0]?.text ?? '';

describe.each([...flows].map(([name, root]) => ({ name, root })))('the flow $name', ({ root }) => {
  it('has no days or thresholds of its own', () => {
    const numbers = everyNumber(root).filter((number) => Number(number) !== 0);
    expect(numbers).toEqual([]);
  });

  it('describes every element and every resource', () => {
    const silent = root.children.filter((child) => first(child, 'name') && child.name !== 'processMetadataValues');
    expect(silent.filter((child) => !textOf(child, 'description')).map((child) => textOf(child, 'name'))).toEqual([]);
  });

  it('has a way on from every fault of the database', () => {
    const touching = root.children.filter(({ name }) =>
      ['recordLookups', 'recordCreates', 'recordUpdates'].includes(name),
    );
    expect(touching.filter((child) => !first(child, 'faultConnector'))).toEqual([]);
  });

  it('lists its elements as Salesforce does, so that a retrieve changes nothing', () => {
    const tags = root.children.map(({ name }) => name);
    expect(tags).toEqual(tags.toSorted());
  });
});

function everyNumber(element: XmlElement): string[] {
  const own = element.name === 'numberValue' ? [element.text] : [];
  return [...own, ...element.children.flatMap(everyNumber)];
}
