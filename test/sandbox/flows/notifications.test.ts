import { expect, test } from 'vitest';
import { refusalOf } from '../org/org-stage.ts';
import {
  assign,
  create,
  filters,
  flow,
  get,
  notification,
  onRecord,
  stageFlows,
  variable,
  type Written,
} from './flow-xml.ts';

const TYPE = {
  path: 'notificationtypes/Thing_Made.notiftype-meta.xml',
  text: `<?xml version="1.0" encoding="UTF-8"?>
<CustomNotificationType xmlns="http://soap.sforce.com/2006/04/metadata"><customNotifTypeName>Thing_Made</customNotifTypeName>
<desktop>true</desktop><masterLabel>A thing was made</masterLabel><mobile>true</mobile></CustomNotificationType>`,
};

const INPUTS = {
  customNotifTypeId: { ref: 'Type.Id' },
  recipientIds: { ref: 'Recipients' },
  title: 'Made: {!$Record.Name}',
  body: 'Look at it.',
  targetId: { ref: '$Record.Id' },
};
const RECIPIENTS = variable('Recipients', 'String', '<isCollection>true</isCollection>');
const finding = (next: string) =>
  get('Type', 'CustomNotificationType', filters(['DeveloperName', 'EqualTo', 'Thing_Made']), next);
const adding = (...who: Written[]) =>
  assign(
    'Add',
    who.map((each) => ['Recipients', 'Add', each]),
    'Type',
  );

/** An org in which a flow notifies these people of every new thing. */
function stage(who: Written[], given: Record<string, Written> = INPUTS, more = '') {
  const inner = adding(...who) + finding('Notify') + notification('Notify', given) + RECIPIENTS + more;
  return stageFlows([TYPE, flow('Tell', onRecord('After', 'Create', 'Thing__c', 'Add') + inner)]);
}

test('a flow notifies people by the type it finds: title, body, and the record to open', () => {
  const { org } = stage([{ ref: '$User.Id' }]);
  const targetId = org.insert('Thing__c', { Name: 'Bridge' });
  expect(org.notifications.all()).toMatchObject([
    {
      ...{ type: 'Thing_Made', to: 'admin@sandbox.example', title: 'Made: Bridge', body: 'Look at it.' },
      ...{ targetId, sentBy: 'flow:Tell', sentAt: '2026-11-22T10:00:00.000Z' },
    },
  ]);
});

test('nobody hears of what was undone', () => {
  const { org } = stage([{ ref: '$User.Id' }]);
  const undone = () =>
    org.transaction(() => {
      org.insert('Thing__c', { Name: 'Bridge' });
      throw new Error('undone');
    });
  expect(undone).toThrow('undone');
  expect(org.notifications.all()).toEqual([]);
});

test('who left is not notified', () => {
  const { org } = stage([{ ref: '$User.Id' }, { ref: '$Record.Key__c' }]);
  const ProfileId = String(org.query("SELECT Id FROM Profile WHERE Name = 'Standard User'")[0]?.Id);
  const gone = org.insert('User', {
    ...{ Username: 'gone@x.example', LastName: 'Gone', Email: 'gone@x.example', Alias: 'gone', IsActive: false },
    ...{ ProfileId, TimeZoneSidKey: 'UTC', LocaleSidKey: 'en_US', LanguageLocaleKey: 'en_US' },
  });
  org.insert('Thing__c', { Name: 'Bridge', Key__c: gone });
  expect(org.notifications.all().map(({ to }) => to)).toEqual(['admin@sandbox.example']);
});

test.each([
  ['an empty title', { ...INPUTS, title: '' }, 'Missing required input parameter: title'],
  ['a title of 251 characters', { ...INPUTS, title: 'x'.repeat(251) }, 'longer than 250'],
  ['a type that is gone', { ...INPUTS, customNotifTypeId: '0ML000000000009AAA' }, 'no custom notification type'],
])('%s is a fault, which undoes the save', (_, given, message) => {
  const { org } = stage([{ ref: '$User.Id' }], given);
  const refusal = refusalOf(() => org.insert('Thing__c', { Name: 'Bridge' }));
  expect(refusal).toMatchObject({
    errorCode: 'CANNOT_EXECUTE_FLOW_TRIGGER',
    message: expect.stringContaining(message),
  });
  expect(org.notifications.all()).toEqual([]);
});

test('nobody to notify is a fault, which a fault path takes up', () => {
  const more = '<faultConnector><targetReference>Note</targetReference></faultConnector>';
  const inner =
    adding() +
    finding('Notify') +
    notification('Notify', INPUTS, undefined, more) +
    RECIPIENTS +
    create('Note', 'Account', { Name: { ref: '$Flow.FaultMessage' } });
  const { org } = stageFlows([
    TYPE,
    flow('Tell', onRecord('After', 'Create', 'Thing__c', 'Type') + inner.replace(adding(), '')),
  ]);
  org.insert('Thing__c', { Name: 'Bridge' });
  expect(org.query('SELECT Name FROM Account')).toEqual([
    { Name: expect.stringContaining('Missing required input parameter: recipientIds') },
  ]);
});

test.each([
  ['no body', { ...INPUTS, body: undefined }, 'has no body'],
  ['one recipient where a collection is asked for', { ...INPUTS, recipientIds: { ref: '$User.Id' } }, 'a collection'],
  ['an unknown input', { ...INPUTS, mystery: 'x' }, 'does not know the name "mystery"'],
])('an action with %s is refused when the flow is loaded', (_, given, message) => {
  const inputs = Object.fromEntries(
    Object.entries(given).flatMap(([name, written]) => (written === undefined ? [] : [[name, written as Written]])),
  );
  const file = flow(
    'Odd',
    onRecord('After', 'Create', 'Thing__c', 'Type') + finding('Notify') + notification('Notify', inputs) + RECIPIENTS,
  );
  expect(() => stageFlows([TYPE, file])).toThrow(message);
});
