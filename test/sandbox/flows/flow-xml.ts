import Database from 'better-sqlite3';
import { FORCE_APP, stageOrg } from '../org/org-stage.ts';
import { THINGS } from '../org/things.ts';

/** Parts of a flow file in short; what every element needs besides is added here. */

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const PLACE = '<locationX>0</locationX><locationY>0</locationY>';

/** A value: text and numbers as they are, `{ ref }` for a name, null for none. */
export type Written = string | number | boolean | { ref: string } | { date: string } | null;

export function value(tag: string, written: Written): string {
  if (written === null) return '';
  const [kind, text] =
    typeof written === 'string'
      ? ['stringValue', written]
      : typeof written === 'number'
        ? ['numberValue', String(written)]
        : typeof written === 'boolean'
          ? ['booleanValue', String(written)]
          : 'ref' in written
            ? ['elementReference', written.ref]
            : ['dateValue', written.date];
  return `<${tag}><${kind}>${escaped(text)}</${kind}></${tag}>`;
}

export const to = (target: string | undefined, tag = 'connector') =>
  target ? `<${tag}><targetReference>${target}</targetReference></${tag}>` : '';

export const element = (tag: string, name: string, inner: string, next?: string) =>
  `<${tag}><name>${name}</name><label>${name}</label>${PLACE}${to(next)}${inner}</${tag}>\n`;

type Compared = [left: string, operator: string, right: Written];

export const filters = (...given: Compared[]) =>
  given
    .map(
      ([field, operator, right]) =>
        `<filters><field>${field}</field><operator>${operator}</operator>${value('value', right)}</filters>`,
    )
    .join('');

export const get = (name: string, object: string, more: string, next?: string) =>
  element(
    'recordLookups',
    name,
    `<object>${object}</object>${more}<storeOutputAutomatically>true</storeOutputAutomatically>`,
    next,
  );

const ALL = '<getFirstRecordOnly>false</getFirstRecordOnly>';
export const getAll = (name: string, object: string, more: string, next?: string) =>
  get(name, object, ALL + more, next);

export const assign = (name: string, items: Compared[], next?: string) =>
  element(
    'assignments',
    name,
    items
      .map(
        ([target, operator, given]) =>
          `<assignmentItems><assignToReference>${target}</assignToReference><operator>${operator}</operator>${value('value', given)}</assignmentItems>`,
      )
      .join(''),
    next,
  );

/** One outcome and a default one. */
export const decide = (name: string, conditions: Compared[], yes: string | undefined, no?: string, logic = 'and') =>
  element(
    'decisions',
    name,
    `${to(no, 'defaultConnector')}<rules><name>${name}_Yes</name><conditionLogic>${logic}</conditionLogic>${conditions
      .map(
        ([left, operator, right]) =>
          `<conditions><leftValueReference>${left}</leftValueReference><operator>${operator}</operator>${value('rightValue', right)}</conditions>`,
      )
      .join('')}${to(yes)}<label>Yes</label></rules>`,
  );

export const loop = (name: string, collection: string, each: string, end?: string, order = 'Asc') =>
  element(
    'loops',
    name,
    `<collectionReference>${collection}</collectionReference><iterationOrder>${order}</iterationOrder>${to(each, 'nextValueConnector')}${to(end, 'noMoreValuesConnector')}`,
  );

export const fields = (given: Record<string, Written>) =>
  Object.entries(given)
    .map(([field, written]) => `<inputAssignments><field>${field}</field>${value('value', written)}</inputAssignments>`)
    .join('');

export const create = (name: string, object: string, given: Record<string, Written>, next?: string, more = '') =>
  element('recordCreates', name, `<object>${object}</object>${fields(given)}${more}`, next);

export const update = (name: string, inner: string, next?: string) => element('recordUpdates', name, inner, next);

/** Sends a custom notification. */
export const notification = (name: string, given: Record<string, Written>, next?: string, more = '') =>
  element(
    'actionCalls',
    name,
    `<actionName>customNotificationAction</actionName><actionType>customNotificationAction</actionType>${more}${Object.entries(
      given,
    )
      .map(([input, written]) => `<inputParameters><name>${input}</name>${value('value', written)}</inputParameters>`)
      .join('')}`,
    next,
  );

export const variable = (name: string, dataType: string, more = '') =>
  `<variables><name>${name}</name><dataType>${dataType}</dataType>${more}</variables>\n`;

export const formula = (name: string, dataType: string, expression: string) =>
  `<formulas><name>${name}</name><dataType>${dataType}</dataType><expression>${escaped(expression)}</expression></formulas>\n`;

export const scheduled = (frequency: string, date: string, time: string, next: string, more = '') =>
  `<start>${PLACE}${to(next)}${more}<schedule><frequency>${frequency}</frequency><startDate>${date}</startDate><startTime>${time}</startTime></schedule><triggerType>Scheduled</triggerType></start>`;

export const onRecord = (when: 'Before' | 'After', on: string, object: string, next: string, more = '') =>
  `<start>${PLACE}${to(next)}${more}<object>${object}</object><recordTriggerType>${on}</recordTriggerType><triggerType>Record${when}Save</triggerType></start>`;

export const called = (next: string) => `<start>${PLACE}${to(next)}</start>`;

/** The flow's file. */
export const flow = (name: string, inner: string, status = 'Active') => ({
  path: `flows/${name}.flow-meta.xml`,
  text: `<?xml version="1.0" encoding="UTF-8"?>
<Flow xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>68.0</apiVersion><description>For tests.</description><label>${name.replaceAll('_', ' ')}</label>
<processType>AutoLaunchedFlow</processType><status>${status}</status>
${inner}</Flow>`,
});

export type File = ReturnType<typeof flow>;

const WITHOUT_FLOWS = FORCE_APP.filter(({ path }) => !path.startsWith('flows/'));

/** An org with `Thing__c` (see `THINGS`) and these flows alone, and a time that can be moved. */
export function stageFlows(files: File[], database = new Database(':memory:'), at = '2026-11-22T10:00:00Z') {
  let now = new Date(at);
  const stage = stageOrg(database, () => now, WITHOUT_FLOWS);
  stage.org.install([...THINGS, ...files], { checkOnly: false });
  return {
    ...stage,
    database,
    /** Moves time and runs what fell due, once for each flow. */
    travelTo(moment: string) {
      now = new Date(moment);
      stage.org.flows.runDue();
    },
    things: (soql = 'Name FROM Thing__c ORDER BY Name') => stage.org.query(`SELECT ${soql}`),
    names: () => stage.org.query('SELECT Name FROM Thing__c ORDER BY Name').map(({ Name }) => Name),
    flowNamed: (name: string) => stage.org.flows.all().find((each) => each.name === name),
  };
}
