import { describe, expect, test } from 'vitest';
import {
  assign,
  called,
  create,
  decide,
  element,
  fields,
  filters,
  flow,
  formula,
  get,
  getAll,
  loop,
  scheduled,
  stageFlows,
  to,
  update,
  value,
  variable,
  type Written,
} from './flow-xml.ts';

/** Runs a flow at once over things that cost 1 to 4 and returns the stage. */
function ran(first: string, inner: string, ...others: ReturnType<typeof flow>[]) {
  const stage = stageFlows([flow('Main', scheduled('Daily', '2026-01-01', '04:00:00.000Z', first) + inner), ...others]);
  for (const Price__c of [3, 1, 4, 2]) stage.org.insert('Thing__c', { Name: `Costs ${Price__c}`, Price__c });
  expect(stage.org.flows.runNow('Main')).toBe(true);
  return stage;
}

/** The text a flow comes to in the end. */
function resultOf(first: string, inner: string, result: Written, ...others: ReturnType<typeof flow>[]) {
  const stage = ran(first, inner + create('Result', 'Thing__c', { Key__c: 'result', Name: result }), ...others);
  expect(stage.flowNamed('Main')?.run?.failures).toEqual([]);
  return stage.things("Name FROM Thing__c WHERE Key__c = 'result'")[0]?.Name;
}

const byPrice = (order = 'Asc') => `<sortField>Price__c</sortField><sortOrder>${order}</sortOrder>`;
const TEXT = variable('Text', 'String');
/** Writes the prices of a collection into Text, one after another. */
const listing = (collection: string, order = 'Asc') =>
  loop('Each', collection, 'List', 'Result', order) +
  assign(
    'List',
    [
      ['Text', 'Add', 'and '],
      ['Text', 'Add', { ref: 'Each.Price__c' }],
    ],
    'Each',
  ) +
  TEXT;

describe('Get Records', () => {
  test.each([
    ['EqualTo', 2, '2'],
    ['NotEqualTo', 2, '134'],
    ['GreaterThan', 2, '34'],
    ['GreaterThanOrEqualTo', 2, '234'],
    ['LessThan', 2, '1'],
    ['LessThanOrEqualTo', 2, '12'],
    ['IsNull', true, ''],
    ['IsNull', false, '1234'],
  ])('finds prices by %s %s', (operator, price, prices) => {
    const all = getAll('Found', 'Thing__c', filters(['Price__c', operator, price]) + byPrice(), 'Each');
    const each =
      loop('Each', 'Found', 'List', 'Result') + assign('List', [['Text', 'Add', { ref: 'Each.Price__c' }]], 'Each');
    const result = create('Result', 'Thing__c', { Key__c: 'result', Name: { ref: 'Named' } });
    const { things } = ran('Found', all + each + result + TEXT + formula('Named', 'String', '"prices " & {!Text}'));
    expect(things("Name FROM Thing__c WHERE Key__c = 'result'")).toEqual([{ Name: `prices ${prices}`.trim() }]);
  });

  test.each([
    ['StartsWith', 'costs', '1234'],
    ['EndsWith', ' 3', '3'],
    ['Contains', 's 2', '2'],
    ['Contains', '%', ''],
    ['EqualTo', "Costs 1' OR Name != '", ''],
  ])('finds names by %s "%s", whatever it is made of', (operator, name, prices) => {
    const all = getAll('Found', 'Thing__c', filters(['Name', operator, name]) + byPrice(), 'Each');
    const each =
      loop('Each', 'Found', 'List', 'Result') + assign('List', [['Text', 'Add', { ref: 'Each.Price__c' }]], 'Each');
    expect(
      resultOf('Found', all + each + TEXT + formula('Named', 'String', '"prices " & {!Text}'), { ref: 'Named' }),
    ).toBe(`prices ${prices}`.trim());
  });

  test('joins filters by numbers, sorts and stops', () => {
    const logic = '<filterLogic>1 OR (2 AND NOT 3)</filterLogic>';
    const three = filters(['Price__c', 'EqualTo', 1], ['Price__c', 'GreaterThan', 1], ['Price__c', 'EqualTo', 3]);
    const two = `${logic}${three}${byPrice('Desc')}${value('limit', 2)}`;
    expect(resultOf('Found', getAll('Found', 'Thing__c', two, 'Each') + listing('Found'), { ref: 'Text' })).toBe(
      'and 4and 2',
    );
  });

  test('finds what is in a collection, nothing in an empty one, and all that is not in it', () => {
    const names = variable('Names', 'String', '<isCollection>true</isCollection>');
    const fill = assign(
      'Fill',
      [
        ['Names', 'Add', 'Costs 1'],
        ['Names', 'Add', 'Costs 4'],
      ],
      'Found',
    );
    const found = (operator: string) =>
      getAll('Found', 'Thing__c', filters(['Name', operator, { ref: 'Names' }]) + byPrice(), 'Each') + listing('Found');
    expect(resultOf('Fill', names + fill + found('In'), { ref: 'Text' })).toBe('and 1and 4');
    expect(resultOf('Fill', names + fill + found('NotIn'), { ref: 'Text' })).toBe('and 2and 3');
    const none = decide('None', [['Found', 'IsNull', true]], 'Result');
    const empty = getAll('Found', 'Thing__c', filters(['Name', 'In', { ref: 'Names' }]), 'None');
    expect(resultOf('Found', names + empty + none, 'nothing')).toBe('nothing');
  });

  test('keeps the first row in a variable, or its fields in several, and what was there when nothing is found', () => {
    const into = (more: string) => `<object>Thing__c</object>${byPrice('Desc')}${more}`;
    const variables =
      variable('Thing', 'SObject', '<objectType>Thing__c</objectType>') +
      variable('Price', 'Number') +
      variable('Kept', 'String', value('value', 'kept')) +
      variable('Lost', 'String', value('value', 'lost'));
    const field = (target: string, name: string) =>
      `<outputAssignments><assignToReference>${target}</assignToReference><field>${name}</field></outputAssignments>`;
    const nothing = filters(['Name', 'EqualTo', 'no such']);
    const steps =
      element(
        'recordLookups',
        'One',
        into('<outputReference>Thing</outputReference><queriedFields>Name</queriedFields>'),
        'Two',
      ) +
      element('recordLookups', 'Two', into(field('Price', 'Price__c')), 'Three') +
      element('recordLookups', 'Three', into(nothing + field('Kept', 'Name')), 'Four') +
      element(
        'recordLookups',
        'Four',
        into(
          `<assignNullValuesIfNoRecordsFound>true</assignNullValuesIfNoRecordsFound>${nothing}${field('Lost', 'Name')}`,
        ),
        'Result',
      );
    expect(resultOf('One', variables + steps, '{!Thing.Name}, {!Price}, {!Kept}, {!Lost}.')).toBe(
      'Costs 4, 4, kept, .',
    );
  });

  test('reads custom metadata, and parents of what it found', () => {
    const trigger = get('Trigger', 'NPS_Trigger__mdt', filters(['DeveloperName', 'EqualTo', 'First_Value']), 'Admin');
    const admin = get('Admin', 'Thing__c', filters(['Price__c', 'EqualTo', 1]), 'Result');
    expect(resultOf('Trigger', trigger + admin, '{!Trigger.DeveloperName} by {!Admin.CreatedBy.Name}')).toBe(
      'First_Value by Ada Admin',
    );
  });
});

describe('Decision', () => {
  const price = (cost: number) => get('Thing', 'Thing__c', filters(['Price__c', 'EqualTo', cost]), 'Asked');
  const outcome = (conditions: Parameters<typeof decide>[1], logic?: string) =>
    resultOf(
      'Thing',
      price(2) +
        decide('Asked', conditions, 'Yes', 'No', logic) +
        TEXT +
        assign('Yes', [['Text', 'Assign', 'yes']], 'Result') +
        assign('No', [['Text', 'Assign', 'no']], 'Result') +
        formula('Yesterday', 'Date', '{!$Flow.CurrentDate} - 1') +
        variable('Nothing', 'String') +
        variable('True', 'Boolean', value('value', true)),
      { ref: 'Text' },
    );

  test.each<[string, string, Written, string]>([
    ['Thing.Price__c', 'EqualTo', 2, 'yes'],
    ['Thing.Price__c', 'NotEqualTo', 2, 'no'],
    ['Thing.Price__c', 'GreaterThan', 10, 'no'],
    ['Thing.Name', 'EqualTo', 'costs 2', 'yes'],
    ['Thing.Name', 'StartsWith', 'COSTS', 'yes'],
    ['Thing.Name', 'EndsWith', '3', 'no'],
    ['Thing.Name', 'Contains', 'sts', 'yes'],
    ['Thing.Account__c', 'IsNull', true, 'yes'],
    ['Thing.Account__c', 'IsNull', { ref: 'True' }, 'yes'],
    ['Thing', 'IsNull', true, 'no'],
    ['Thing.Account__c', 'EqualTo', null, 'yes'],
    ['Thing.Account__r.Name', 'IsNull', true, 'yes'],
    ['Nothing', 'LessThan', 'a', 'no'],
    ['Thing.Bought__c', 'GreaterThan', { ref: 'Yesterday' }, 'yes'],
    ['Thing.Bought__c', 'EqualTo', { date: '2026-11-22' }, 'yes'],
    ['Thing.Bought__c', 'LessThan', { ref: '$Flow.CurrentDateTime' }, 'yes'],
    ['True', 'EqualTo', { ref: '$GlobalConstant.True' }, 'yes'],
    ['$User.Email', 'EqualTo', 'admin@sandbox.example', 'yes'],
    ['$Organization.IsSandbox', 'EqualTo', true, 'yes'],
  ])('%s %s %j: %s', (left, operator, right, expected) => {
    expect(outcome([[left, operator, right]])).toBe(expected);
  });

  test.each([
    ['and', 'no'],
    ['or', 'yes'],
    ['1 AND (2 OR 3)', 'yes'],
    ['1 AND NOT 3', 'no'],
  ])('joins conditions by %s', (logic, expected) => {
    const conditions = [1, 5, 2].map((cost, index): [string, string, number] => [
      'Thing.Price__c',
      index === 0 ? 'GreaterThan' : 'EqualTo',
      cost,
    ]);
    expect(outcome(conditions, logic)).toBe(expected);
  });
});

describe('Assignment', () => {
  const NAMES =
    variable('Names', 'String', '<isCollection>true</isCollection>') + variable('Count', 'Number', value('value', 0));

  test.each<[string, Parameters<typeof assign>[1], string]>([
    [
      'adds and subtracts numbers',
      [
        ['Count', 'Add', 5],
        ['Count', 'Subtract', 2],
      ],
      '3',
    ],
    [
      'counts a collection',
      [
        ['Names', 'Add', 'a'],
        ['Names', 'Add', 'b'],
        ['Count', 'AssignCount', { ref: 'Names' }],
      ],
      '2',
    ],
    [
      'adds at the start, removes the first and all of a value',
      [
        ['Names', 'Add', 'a'],
        ['Names', 'AddAtStart', 'b'],
        ['Names', 'Add', 'b'],
        ['Names', 'Add', 'c'],
        ['Names', 'RemoveFirst', 'b'],
        ['Names', 'RemoveAll', 'c'],
        ['Count', 'AssignCount', { ref: 'Names' }],
      ],
      '2',
    ],
  ])('%s', (_, items, expected) => {
    expect(resultOf('Do', NAMES + assign('Do', items, 'Result'), '{!Count}')).toBe(expected);
  });

  test('counts days', () => {
    const day = variable('Day', 'Date', value('value', { date: '2026-02-27' }));
    expect(
      resultOf(
        'Do',
        day +
          assign(
            'Do',
            [
              ['Day', 'Add', 3],
              ['Day', 'Subtract', 1],
            ],
            'Result',
          ),
        '{!Day}',
      ),
    ).toBe('2026-03-01');
  });

  test('a record that is added to a collection stays as it was when the variable changes', () => {
    const variables =
      variable('Thing', 'SObject', '<objectType>Thing__c</objectType>') +
      variable('Things', 'SObject', '<isCollection>true</isCollection><objectType>Thing__c</objectType>');
    const fill = assign(
      'Fill',
      [
        ['Thing.Name', 'Assign', 'First'],
        ['Things', 'Add', { ref: 'Thing' }],
        ['Thing.Name', 'Assign', 'Second'],
        ['Things', 'Add', { ref: 'Thing' }],
      ],
      'Save',
    );
    const { names } = ran(
      'Fill',
      variables + fill + element('recordCreates', 'Save', '<inputReference>Things</inputReference>'),
    );
    expect(names()).toEqual(['Costs 1', 'Costs 2', 'Costs 3', 'Costs 4', 'First', 'Second']);
  });
});

describe('Loop', () => {
  test.each([
    ['Asc', 'and 1and 2and 3and 4'],
    ['Desc', 'and 4and 3and 2and 1'],
  ])('goes through a collection (%s)', (order, expected) => {
    expect(
      resultOf('Found', getAll('Found', 'Thing__c', byPrice(), 'Each') + listing('Found', order), { ref: 'Text' }),
    ).toBe(expected);
  });

  test('within a loop begins anew for every item of the outer one', () => {
    const inner =
      loop('Inner', 'Found', 'List', 'Each') +
      assign('List', [['Count', 'Add', 1]], 'Inner') +
      variable('Count', 'Number', value('value', 0));
    expect(
      resultOf(
        'Found',
        getAll('Found', 'Thing__c', '', 'Each') + loop('Each', 'Found', 'Inner', 'Result') + inner,
        '{!Count}',
      ),
    ).toBe('16');
  });

  test('reading and writing within it is allowed, if not wise', () => {
    const again = get('Again', 'Thing__c', filters(['Id', 'EqualTo', { ref: 'Each.Id' }]), 'Change');
    const change = update(
      'Change',
      `<object>Thing__c</object>${filters(['Id', 'EqualTo', { ref: 'Again.Id' }])}${fields({ Key__c: { ref: 'Again.Name' } })}`,
      'Each',
    );
    const { things } = ran(
      'Found',
      getAll('Found', 'Thing__c', '', 'Each') + loop('Each', 'Found', 'Again') + again + change,
    );
    expect(things('Key__c FROM Thing__c ORDER BY Key__c').map(({ Key__c }) => Key__c)).toEqual([
      'Costs 1',
      'Costs 2',
      'Costs 3',
      'Costs 4',
    ]);
  });

  test('a hundred queries are the limit of one run, and what it wrote is undone', () => {
    const circle =
      assign('Circle', [['Count', 'Add', 1]], 'Again') +
      variable('Count', 'Number', value('value', 0)) +
      create('Write', 'Thing__c', { Name: 'Undone' }, 'Circle') +
      get('Again', 'Thing__c', '', 'Enough') +
      decide('Enough', [['Count', 'GreaterThanOrEqualTo', 101]], undefined, 'Circle');
    const { names, flowNamed } = ran('Write', circle);
    expect(flowNamed('Main')?.run?.failures).toEqual(['System.LimitException: Too many SOQL queries: 101']);
    expect(names()).not.toContain('Undone');
  });
});

describe('Create Records', () => {
  test('hands on the id of the new row, by its own name or in a variable', () => {
    const steps =
      create('One', 'Thing__c', { Name: 'One' }, 'Two', '<storeOutputAutomatically>true</storeOutputAutomatically>') +
      create(
        'Two',
        'Thing__c',
        { Name: 'Two', Whole__c: { ref: 'One' } },
        'Three',
        '<assignRecordIdToReference>Id_Of_Two</assignRecordIdToReference>',
      ) +
      create('Three', 'Thing__c', { Name: 'Three', Whole__c: { ref: 'Id_Of_Two' } }) +
      variable('Id_Of_Two', 'String');
    const { things } = ran('One', steps);
    expect(things('Name, Whole__r.Name FROM Thing__c WHERE Whole__c != null ORDER BY Name')).toEqual([
      { Name: 'Three', Whole__r: { Name: 'Two' } },
      { Name: 'Two', Whole__r: { Name: 'One' } },
    ]);
  });

  test('creates all records of a collection or none, and gives them their ids', () => {
    const variables =
      variable('Thing', 'SObject', '<objectType>Thing__c</objectType>') +
      variable('Things', 'SObject', '<isCollection>true</isCollection><objectType>Thing__c</objectType>');
    const fill = (second: string) =>
      assign(
        'Fill',
        [
          ['Thing.Name', 'Assign', 'First'],
          ['Things', 'Add', { ref: 'Thing' }],
          ['Thing.Name', 'Assign', second],
          ['Things', 'Add', { ref: 'Thing' }],
        ],
        'Save',
      );
    const save = element(
      'recordCreates',
      'Save',
      `${to('Caught', 'faultConnector')}<inputReference>Things</inputReference>`,
      'Price',
    );
    const rest =
      update('Price', '<inputReference>Things</inputReference>') + create('Caught', 'Thing__c', { Name: 'caught' });
    expect(ran('Fill', variables + fill('Second') + save + rest).names()).toEqual([
      'Costs 1',
      'Costs 2',
      'Costs 3',
      'Costs 4',
      'First',
      'Second',
    ]);
    expect(ran('Fill', variables + fill('x'.repeat(81)) + save + rest).names()).toEqual([
      'caught',
      'Costs 1',
      'Costs 2',
      'Costs 3',
      'Costs 4',
    ]);
  });
});

describe('Update and Delete Records', () => {
  test('update what filters find', () => {
    const change = update(
      'Change',
      `<object>Thing__c</object>${filters(['Price__c', 'LessThan', 3])}${fields({ Key__c: 'cheap' })}`,
    );
    expect(ran('Change', change).things("Name FROM Thing__c WHERE Key__c = 'cheap' ORDER BY Name")).toEqual([
      { Name: 'Costs 1' },
      { Name: 'Costs 2' },
    ]);
  });

  test('update records that were read whole and changed in a collection', () => {
    const changed = variable(
      'Changed',
      'SObject',
      '<isCollection>true</isCollection><objectType>Thing__c</objectType>',
    );
    const steps =
      getAll('Found', 'Thing__c', filters(['Price__c', 'GreaterThan', 2]), 'Each') +
      loop('Each', 'Found', 'Change', 'Save') +
      assign(
        'Change',
        [
          ['Each.Key__c', 'Assign', 'dear'],
          ['Changed', 'Add', { ref: 'Each' }],
        ],
        'Each',
      ) +
      update('Save', '<inputReference>Changed</inputReference>');
    const { flowNamed, things } = ran('Found', changed + steps);
    expect(flowNamed('Main')?.run?.failures).toEqual([]);
    expect(things("Name FROM Thing__c WHERE Key__c = 'dear' ORDER BY Name")).toEqual([
      { Name: 'Costs 3' },
      { Name: 'Costs 4' },
    ]);
  });

  test('delete what filters find, and records of a collection', () => {
    const doomed = filters(['Price__c', 'LessThan', 3]);
    expect(ran('Go', element('recordDeletes', 'Go', `<object>Thing__c</object>${doomed}`)).names()).toEqual([
      'Costs 3',
      'Costs 4',
    ]);
    const found = getAll('Found', 'Thing__c', doomed, 'Go');
    expect(
      ran('Found', found + element('recordDeletes', 'Go', '<inputReference>Found</inputReference>')).names(),
    ).toEqual(['Costs 3', 'Costs 4']);
  });
});

describe('Subflow', () => {
  const input = (name: string, given: Written) =>
    `<inputAssignments><name>${name}</name>${value('value', given)}</inputAssignments>`;
  const doubling = (status = 'Active') =>
    flow(
      'Doubling',
      called('Double') +
        assign('Double', [['Twice', 'Assign', { ref: 'Doubled' }]]) +
        variable('Once', 'Number', `<isInput>true</isInput>${value('value', 7)}`) +
        variable('Twice', 'Number', '<isOutput>true</isOutput>') +
        formula('Doubled', 'Number', '{!Once} * 2'),
      status,
    );
  const auto = '<storeOutputAutomatically>true</storeOutputAutomatically>';

  test('takes inputs and hands back outputs, by its own name or into variables', () => {
    const own = element('subflows', 'Sub', `<flowName>Doubling</flowName>${input('Once', 4)}${auto}`, 'Result');
    expect(resultOf('Sub', own, '{!Sub.Twice}', doubling())).toBe('8');
    const output =
      '<outputAssignments><assignToReference>Text</assignToReference><name>Twice</name></outputAssignments>';
    const into = element('subflows', 'Sub', `<flowName>Doubling</flowName>${output}`, 'Result');
    expect(resultOf('Sub', into + TEXT, '{!Text}', doubling())).toBe('14');
  });

  test('cannot be called while it has no active version', () => {
    const { flowNamed } = ran(
      'Sub',
      element('subflows', 'Sub', `<flowName>Doubling</flowName>${input('Once', 4)}`),
      doubling('Draft'),
    );
    expect(flowNamed('Main')?.run?.failures).toEqual(['The flow Doubling cannot be called: it has no active version.']);
  });

  test('that calls itself is stopped', () => {
    const itself = flow('Itself', called('Again') + element('subflows', 'Again', '<flowName>Itself</flowName>'));
    const { flowNamed } = ran('Sub', element('subflows', 'Sub', '<flowName>Itself</flowName>'), itself);
    expect(flowNamed('Main')?.run?.failures).toEqual(['Flows call each other 50 deep at Itself.']);
  });

  test('its events are published in its own name', () => {
    const publishing = flow(
      'Publishing',
      called('Publish') + create('Publish', 'NPS_Lifecycle__e', { Trigger__c: 'X', Account_Id__c: 'Y' }),
    );
    const { published } = ran('Sub', element('subflows', 'Sub', '<flowName>Publishing</flowName>'), publishing);
    expect(published.map(({ publishedBy }) => publishedBy)).toEqual(['flow:Publishing']);
  });
});

test('a fault path goes on with what failed, and what was written before stays', () => {
  const steps =
    create('Fine', 'Thing__c', { Name: 'Fine' }, 'Broken') +
    create('Broken', 'Contact', { FirstName: 'No last name' }, undefined, to('Result', 'faultConnector'));
  expect(
    resultOf('Fine', steps + formula('Short', 'String', 'LEFT({!$Flow.FaultMessage}, 60)'), { ref: 'Short' }),
  ).toBe('This error occurred when the flow tried to create records: R');
});

test('text templates, constants and formulas of formulas are read', () => {
  const resources =
    '<textTemplates><name>Letter</name><isViewedAsPlainText>true</isViewedAsPlainText><text>Dear {!Sum}, {!Motto}</text></textTemplates>' +
    `<constants><name>Motto</name><dataType>String</dataType>${value('value', 'well & good')}</constants>` +
    formula('One', 'Number', '1') +
    formula('Sum', 'Number', '{!One} + {!One}');
  const nothing = assign('Nothing', [['Unused', 'Assign', { ref: 'Sum' }]], 'Result') + variable('Unused', 'Number');
  expect(resultOf('Nothing', resources + nothing, { ref: 'Letter' })).toBe('Dear 2, well & good');
});

test('an event sets off the flows that wait for it, whoever published it', async () => {
  const { startTestSandbox } = await import('../../support/sandbox.ts');
  const sandbox = await startTestSandbox({ seed: 'empty-company' });
  const waits = `<start>${to('Note')}<object>NPS_Lifecycle__e</object>${filters(['Trigger__c', 'EqualTo', 'Mine'])}<triggerType>PlatformEvent</triggerType></start>`;
  sandbox.org.install([flow('Waits', waits + create('Note', 'Account', { Name: { ref: '$Record.Account_Id__c' } }))], {
    checkOnly: false,
  });
  for (const Trigger__c of ['Mine', 'Yours'])
    sandbox.org.publish('NPS_Lifecycle__e', { Trigger__c, Account_Id__c: Trigger__c }, 'rest');
  expect(sandbox.org.query('SELECT Name FROM Account')).toEqual([{ Name: 'Mine' }]);
});
