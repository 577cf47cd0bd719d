import { describe, expect, test } from 'vitest';
import { refusalOf } from '../org/org-stage.ts';
import {
  assign,
  create,
  decide,
  fields,
  filters,
  flow,
  formula,
  get,
  onRecord,
  stageFlows,
  update,
  variable,
} from './flow-xml.ts';

const setPrice = (price: number | { ref: string }, next?: string) =>
  assign('Set', [['$Record.Price__c', 'Assign', price]], next);
const note = create('Note', 'Thing__c', { Name: { ref: 'Noted' }, Bought__c: null });
const updateRecord = (name: string, given: Parameters<typeof fields>[0], next?: string) =>
  update(name, `${fields(given)}<inputReference>$Record</inputReference>`, next);

describe('before the save', () => {
  test('a flow sets fields of the record, and the record is saved once with them', () => {
    const { org, things } = stageFlows([flow('Price', onRecord('Before', 'Create', 'Thing__c', 'Set') + setPrice(7))]);
    org.insert('Thing__c', { Name: 'New' });
    expect(things('Name, Price__c, Double__c FROM Thing__c')).toEqual([{ Name: 'New', Price__c: 7, Double__c: 14 }]);
  });

  test('so does Update Records on the record', () => {
    const { org, things } = stageFlows([
      flow('Price', onRecord('Before', 'Update', 'Thing__c', 'Set') + updateRecord('Set', { Price__c: 8 })),
    ]);
    const id = org.insert('Thing__c', { Name: 'Old' });
    org.update('Thing__c', id, { Name: 'Changed' });
    expect(things('Name, Price__c FROM Thing__c')).toEqual([{ Name: 'Changed', Price__c: 8 }]);
  });

  test('what it sets is checked by the validation rules, which come after it', () => {
    const { org } = stageFlows([flow('Price', onRecord('Before', 'Update', 'Thing__c', 'Set') + setPrice(99))]);
    const id = org.insert('Thing__c', { Name: 'Dear', Price__c: 11 });
    expect(refusalOf(() => org.update('Thing__c', id, { Name: 'Dearer' }))).toMatchObject({
      errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    });
    expect(org.query('SELECT Name, Price__c FROM Thing__c')).toEqual([{ Name: 'Dear', Price__c: 11 }]);
  });

  test('what it makes required is there when required fields are checked', () => {
    const named = assign('Set', [['$Record.LastName', 'Assign', 'Named by a flow']]);
    const { org } = stageFlows([flow('Name', onRecord('Before', 'Create', 'Contact', 'Set') + named)]);
    org.insert('Contact', { FirstName: 'Ann' });
    expect(org.query('SELECT Name FROM Contact')).toEqual([{ Name: 'Ann Named by a flow' }]);
  });

  test('a new record has no id yet', () => {
    const idOrNone = formula('Id_Or_None', 'String', 'IF(ISBLANK({!$Record.Id}), "none", {!$Record.Id})');
    const { org, names } = stageFlows([
      flow(
        'Id',
        onRecord('Before', 'Create', 'Thing__c', 'Set') +
          assign('Set', [['$Record.Name', 'Assign', { ref: 'Id_Or_None' }]]) +
          idOrNone,
      ),
    ]);
    org.insert('Thing__c', { Name: 'New' });
    expect(names()).toEqual(['none']);
  });

  test('flows on one record run by their order, each with what the one before set', () => {
    const doubled = formula('Doubled', 'Number', '{!$Record.Price__c} * 2');
    const start = onRecord('Before', 'Create', 'Thing__c', 'Set');
    const { org, things } = stageFlows([
      flow('A_Doubles', `${start}${setPrice({ ref: 'Doubled' })}${doubled}<triggerOrder>20</triggerOrder>`),
      flow('B_Sets', `${start}${setPrice(3)}<triggerOrder>10</triggerOrder>`),
    ]);
    org.insert('Thing__c', { Name: 'New' });
    expect(things('Price__c FROM Thing__c')).toEqual([{ Price__c: 6 }]);
  });
});

describe('after the save', () => {
  const noted = formula('Noted', 'String', '{!$Record.Name} & " noted"');
  const onlyFirst = filters(['Price__c', 'GreaterThan', 1]);

  test('a flow reads the row as it is saved, with its id and formulas, and creates others', () => {
    const start = onRecord('After', 'Create', 'Thing__c', 'Note', onlyFirst);
    const about = create('Note', 'Thing__c', { Name: { ref: 'Noted' }, Whole__c: { ref: '$Record.Id' } });
    const { org, things } = stageFlows([
      flow('Note', start + about + formula('Noted', 'String', 'TEXT({!$Record.Double__c})')),
    ]);
    org.insert('Thing__c', { Name: 'New', Price__c: 4 });
    expect(things('Name, Whole__r.Name FROM Thing__c WHERE Whole__c != null')).toEqual([
      { Name: '8', Whole__r: { Name: 'New' } },
    ]);
  });

  test.each([
    ['Create', ['New noted']],
    ['Update', ['Changed noted']],
    ['CreateAndUpdate', ['Changed noted', 'New noted']],
  ])('on %s it runs then and only then', (on, notes) => {
    const { org, things } = stageFlows([
      flow('Note', onRecord('After', on, 'Thing__c', 'Note', onlyFirst) + note + noted),
    ]);
    const id = org.insert('Thing__c', { Name: 'New', Price__c: 4 });
    org.update('Thing__c', id, { Name: 'Changed' });
    expect(things("Name FROM Thing__c WHERE Name LIKE '% noted' ORDER BY Name").map(({ Name }) => Name)).toEqual(notes);
  });

  test('filters compare with numbers joined by their logic', () => {
    const logic = '<filterLogic>1 AND (2 OR NOT 3)</filterLogic>';
    const all = filters(['Price__c', 'GreaterThan', 1], ['Name', 'EqualTo', 'this'], ['Name', 'StartsWith', 'no']);
    const { org, things } = stageFlows([
      flow('Note', onRecord('After', 'Create', 'Thing__c', 'Note', logic + all) + note + noted),
    ]);
    for (const Name of ['this', 'not this', 'other', 'nothing']) org.insert('Thing__c', { Name, Price__c: 4 });
    org.insert('Thing__c', { Name: 'this, but cheap', Price__c: 1 });
    expect(things("Name FROM Thing__c WHERE Name LIKE '% noted' ORDER BY Name")).toEqual([
      { Name: 'other noted' },
      { Name: 'this noted' },
    ]);
  });

  test('a formula asks what is new, what changed and what was before', () => {
    const formulaStart =
      '<filterFormula>AND(NOT(ISNEW()), ISCHANGED({!$Record.Price__c}), PRIORVALUE({!$Record.Price__c}) = 4, {!$Record__Prior.Name} = "Was")</filterFormula>';
    const { org, things } = stageFlows([
      flow('Note', onRecord('After', 'CreateAndUpdate', 'Thing__c', 'Note', formulaStart) + note + noted),
    ]);
    const id = org.insert('Thing__c', { Name: 'Was', Price__c: 4 });
    org.update('Thing__c', id, { Bought__c: null });
    org.update('Thing__c', id, { Name: 'Is', Price__c: 5 });
    org.update('Thing__c', id, { Price__c: 6 });
    expect(things("Name FROM Thing__c WHERE Name LIKE '% noted'")).toEqual([{ Name: 'Is noted' }]);
  });

  test('IsChanged asks whether a field changed', () => {
    const changed = filters(['Price__c', 'IsChanged', true]);
    const { org, things } = stageFlows([
      flow('Note', onRecord('After', 'CreateAndUpdate', 'Thing__c', 'Note', changed) + note + noted),
    ]);
    const id = org.insert('Thing__c', { Name: 'A', Price__c: 4 });
    org.update('Thing__c', id, { Name: 'B' });
    org.update('Thing__c', id, { Name: 'C', Price__c: 5 });
    expect(things("Name FROM Thing__c WHERE Name LIKE '% noted'")).toEqual([{ Name: 'C noted' }]);
  });

  test('if it asks for records that begin to meet its conditions, one that met them before does not count', () => {
    const entering = `${filters(['Price__c', 'GreaterThan', 5])}<doesRequireRecordChangedToMeetCriteria>true</doesRequireRecordChangedToMeetCriteria>`;
    const { org, things } = stageFlows([
      flow('Note', onRecord('After', 'CreateAndUpdate', 'Thing__c', 'Note', entering) + note + noted),
    ]);
    const id = org.insert('Thing__c', { Name: 'Cheap', Price__c: 4 });
    org.update('Thing__c', id, { Name: 'Dear', Price__c: 6 });
    org.update('Thing__c', id, { Name: 'Dearer', Price__c: 7 });
    expect(things("Name FROM Thing__c WHERE Name LIKE '% noted'")).toEqual([{ Name: 'Dear noted' }]);
  });

  test('parents of the record are read', () => {
    const start = onRecord('After', 'Create', 'Thing__c', 'Owned', filters(['Account__c', 'IsNull', false]));
    const owned = create('Owned', 'Thing__c', { Name: { ref: '$Record.Account__r.Owner.Name' } });
    const { org, names } = stageFlows([flow('Owned', start + owned)]);
    org.insert('Thing__c', { Name: 'Mine', Account__c: org.insert('Account', { Name: 'Acme' }) });
    expect(names()).toEqual(['Ada Admin', 'Mine']);
  });

  test('it acts in the name of the user, with rights the user does not have', () => {
    const start = onRecord('After', 'Create', 'Account', 'Owned');
    const { org } = stageFlows([
      flow('Owned', start + create('Owned', 'Thing__c', { Name: 'By a flow', Account__c: { ref: '$Record.Id' } })),
    ]);
    const userId = org.insert('User', { Username: 'plain@x.example', LastName: 'Plain', Email: 'plain@x.example' });
    const plain = org.as(userId);
    plain.insert('Account', { Name: 'Mine' });
    expect(org.query('SELECT Name, CreatedBy.Name FROM Thing__c')).toEqual([
      { Name: 'By a flow', CreatedBy: { Name: 'Plain' } },
    ]);
    expect(refusalOf(() => plain.insert('Thing__c', { Name: 'By hand' }))).toMatchObject({ errorCode: 'NOT_FOUND' });
  });
});

describe('a fault that no path takes up', () => {
  const broken = flow(
    'Breaks_It',
    onRecord('After', 'CreateAndUpdate', 'Account', 'Fine') +
      create('Fine', 'Thing__c', { Name: 'Undone' }, 'Broken') +
      create('Broken', 'Contact', { FirstName: 'Without a last name' }),
  );
  const message = expect.stringMatching(
    /^We can't save this record because the “Breaks It” process failed\. Give your Salesforce admin these details\. This error occurred when the flow tried to create records: REQUIRED_FIELD_MISSING: Required fields are missing: \[LastName\]\. You can look up ExceptionCode values in the SOAP API Developer Guide\. Error ID: /,
  );

  test('undoes the save and everything the flow wrote, and tells the author', () => {
    const { org, names } = stageFlows([broken]);
    const refused = refusalOf(() => org.insert('Account', { Name: 'Acme' }));
    expect(refused).toEqual({ errorCode: 'CANNOT_EXECUTE_FLOW_TRIGGER', message, fields: [] });
    expect(org.query('SELECT Name FROM Account')).toEqual([]);
    expect(names()).toEqual([]);
  });

  test('undoes events the flow published', () => {
    const publishes = create(
      'Fine',
      'NPS_Lifecycle__e',
      { Trigger__c: 'X', Account_Id__c: { ref: '$Record.Id' } },
      'Broken',
    );
    const { org, published } = stageFlows([
      flow('Breaks', onRecord('After', 'Create', 'Account', 'Fine') + publishes + create('Broken', 'Contact', {})),
    ]);
    refusalOf(() => org.insert('Account', { Name: 'Acme' }));
    expect(published).toEqual([]);
  });
});

describe('flows that set each other off', () => {
  test('a flow that changes the record it runs for is not set off by its own change', () => {
    const next = formula('Next', 'Number', 'BLANKVALUE({!$Record.Price__c}, 0) + 1');
    const { org, things } = stageFlows([
      flow(
        'Counts',
        onRecord('After', 'CreateAndUpdate', 'Thing__c', 'Count') +
          updateRecord('Count', { Price__c: { ref: 'Next' } }) +
          next,
      ),
    ]);
    const id = org.insert('Thing__c', { Name: 'A' });
    expect(things('Price__c FROM Thing__c')).toEqual([{ Price__c: 1 }]);
    org.update('Thing__c', id, { Name: 'B' });
    expect(things('Price__c FROM Thing__c')).toEqual([{ Price__c: 2 }]);
  });

  test('a flow that goes on making records for itself is stopped, and nothing is left', () => {
    const { org, names } = stageFlows([
      flow('Breeds', onRecord('After', 'Create', 'Thing__c', 'Breed') + create('Breed', 'Thing__c', { Name: 'Child' })),
    ]);
    expect(refusalOf(() => org.insert('Thing__c', { Name: 'Eve' }))).toMatchObject({
      errorCode: 'CANNOT_EXECUTE_FLOW_TRIGGER',
      message: expect.stringContaining(
        '“Breeds” process failed. Give your Salesforce admin these details. Maximum trigger depth exceeded',
      ),
    });
    expect(names()).toEqual([]);
  });
});

test('a flow reads other rows before the save, and decides by them', () => {
  const start = onRecord('Before', 'Create', 'Thing__c', 'Same_Name');
  const { org, things } = stageFlows([
    flow(
      'Numbers',
      start +
        get('Same_Name', 'Thing__c', filters(['Name', 'EqualTo', { ref: '$Record.Name' }]), 'Is_There') +
        decide('Is_There', [['Same_Name', 'IsNull', false]], 'Set') +
        setPrice(2) +
        variable('Unused', 'Number'),
    ),
  ]);
  org.insert('Thing__c', { Name: 'One' });
  org.insert('Thing__c', { Name: 'One' });
  expect(things('Price__c FROM Thing__c ORDER BY Price__c')).toEqual([{ Price__c: null }, { Price__c: 2 }]);
});
