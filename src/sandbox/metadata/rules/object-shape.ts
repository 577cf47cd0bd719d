import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { first, textOf } from '../xml.ts';

const BY_ENDING: Record<string, { needs: string[]; never: string[] }> = {
  c: {
    needs: ['label', 'pluralLabel', 'nameField', 'deploymentStatus', 'sharingModel'],
    never: ['eventType', 'publishBehavior'],
  },
  e: {
    needs: ['label', 'pluralLabel', 'deploymentStatus', 'eventType', 'publishBehavior'],
    never: ['nameField', 'sharingModel', 'externalSharingModel', 'visibility'],
  },
  mdt: {
    needs: ['label', 'pluralLabel', 'visibility'],
    never: ['nameField', 'sharingModel', 'deploymentStatus', 'eventType', 'publishBehavior'],
  },
};
/** HighVolume is the only kind that can still be made; subscribers must not hear of what is rolled back. */
const FIXED = [
  ['deploymentStatus', 'Deployed'],
  ['eventType', 'HighVolume'],
  ['publishBehavior', 'PublishAfterCommit'],
] as const;
/** From closed to open. */
const OPENNESS = ['Private', 'Read', 'ReadWrite', 'ReadWriteTransfer', 'FullAccess'];
const ALL_OR_NONE = ['enableBulkApi', 'enableSharing', 'enableStreamingApi'];
const TRACKED_FIELDS = 20;

export const objectShape: Rule = {
  name: 'object-shape',
  severity: 'error',
  says: 'An object says what its kind needs; its sharing is that of its master if it has one, and never wider outside than inside; only an object with history tracks fields.',
  source:
    'Metadata API Developer Guide, "CustomObject"; Platform Events Developer Guide; Salesforce Help, "Organization-Wide Sharing Defaults"',
  check: (pack) => pack.ofType('CustomObject').flatMap((component) => inObject(component, pack)),
};

function inObject(component: Component, pack: Package): Complaint[] {
  const { root, name } = component;
  const shape = BY_ENDING[/__(c|e|mdt)$/.exec(name)?.[1] ?? ''];
  if (!shape) return [];
  return [
    ...shape.needs.filter((tag) => !first(root, tag)).map((tag) => about(component, root, `${name} has no ${tag}.`)),
    ...root.children
      .filter((child) => shape.never.includes(child.name))
      .map((child) => about(component, child, `${child.name} does not belong to an object such as ${name}.`)),
    ...numbered(component),
    ...fixed(component),
    ...sharing(component, pack),
    ...history(component, pack),
  ];
}

function numbered(component: Component): Complaint[] {
  const nameField = first(component.root, 'nameField');
  if (!nameField) return [];
  const format = first(nameField, 'displayFormat');
  const isNumber = textOf(nameField, 'type') === 'AutoNumber';
  const type = first(nameField, 'type');
  if (!['AutoNumber', 'Text'].includes(type?.text.trim() ?? ''))
    return [about(component, type ?? nameField, 'A name field is of type Text or AutoNumber.')];
  if (isNumber && !format)
    return [about(component, nameField, 'A name field of type AutoNumber has no displayFormat.')];
  if (format && (!isNumber || !/\{0+\}/.test(format.text)))
    return [
      about(
        component,
        format,
        'displayFormat belongs to an AutoNumber and has a place for the number, such as {0000}.',
      ),
    ];
  return first(nameField, 'label') ? [] : [about(component, nameField, 'The name field has no label.')];
}

function fixed(component: Component): Complaint[] {
  return FIXED.flatMap(([tag, value]) => {
    const element = first(component.root, tag);
    if (!element || element.text.trim() === value) return [];
    return [about(component, element, `${tag} of ${component.name} has to be ${value}.`)];
  });
}

function sharing(component: Component, { ofType }: Package): Complaint[] {
  const { root, name } = component;
  const isDetail = ofType('CustomField').some(
    ({ object, root: field }) => object === name && textOf(field, 'type') === 'MasterDetail',
  );
  const complaints = ['sharingModel', 'externalSharingModel'].flatMap((tag) => {
    const element = first(root, tag);
    if (!element || (element.text.trim() === 'ControlledByParent') === isDetail) return [];
    const because = isDetail ? 'has a master and is ControlledByParent' : 'has no master that could control it';
    return [about(component, element, `${name} ${because}; ${tag} says ${element.text.trim()}.`)];
  });
  const outside = first(root, 'externalSharingModel');
  const inside = textOf(root, 'sharingModel') ?? '';
  if (outside && !isDetail && OPENNESS.indexOf(outside.text.trim()) > OPENNESS.indexOf(inside))
    complaints.push(
      about(component, outside, `${name} is opener to the outside (${outside.text.trim()}) than inside (${inside}).`),
    );
  const set = ALL_OR_NONE.map((tag) => first(root, tag)).filter((element) => element !== undefined);
  const odd = set.find((element) => element.text !== set[0]?.text);
  if (odd) complaints.push(about(component, odd, `${ALL_OR_NONE.join(', ')} are all true or all false.`));
  return complaints;
}

function history(component: Component, { ofType }: Package): Complaint[] {
  const { root, name } = component;
  const tracked = ofType('CustomField')
    .filter(({ object }) => object === name)
    .flatMap((field) =>
      field.root.children
        .filter((child) => child.name === 'trackHistory' && child.text.trim() === 'true')
        .map((child) => ({ field, child })),
    );
  const untold = textOf(root, 'enableHistory') !== 'true';
  return tracked
    .slice(untold ? 0 : TRACKED_FIELDS)
    .map(({ field, child }) =>
      about(
        field,
        child,
        untold ? `${name} keeps no history (enableHistory).` : `${name} tracks more than ${TRACKED_FIELDS} fields.`,
      ),
    );
}
