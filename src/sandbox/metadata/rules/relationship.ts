import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { first, isTrue, textOf } from '../xml.ts';

const RELATIONSHIPS = ['Lookup', 'MasterDetail', 'Hierarchy'];
/** Objects nothing can be a detail of (Salesforce Help, "Considerations for Object Relationships"). */
const NO_MASTERS = ['User', 'Lead', 'Task', 'Event'];

export const relationship: Rule = {
  name: 'relationship',
  severity: 'error',
  says: 'A lookup points at an object that exists, under a relationship name no other field has there; an object has two masters at most.',
  source:
    'Salesforce Help, "Considerations for Object Relationships"; deploy errors "referenceTo value does not resolve", "Duplicate relationship name"',
  check: (pack) => {
    const lookups = pack.ofType('CustomField').filter(({ root }) => RELATIONSHIPS.includes(textOf(root, 'type') ?? ''));
    return [
      ...lookups.flatMap((component) => target(component, pack)),
      ...lookups.flatMap(emptied),
      ...sameNames(lookups),
      ...masters(lookups),
    ];
  },
};

function target(component: Component, { catalog }: Package): Complaint[] {
  const { root, object, name } = component;
  const reference = first(root, 'referenceTo');
  const parent = reference?.text.trim() ?? '';
  const type = textOf(root, 'type');
  const complaints: Complaint[] = [];
  if (reference && !catalog.object(parent))
    complaints.push(
      about(component, reference, `${name} looks up ${parent}, an object that is neither shipped nor standard.`),
    );
  if (/__(e|mdt)$/.test(parent))
    complaints.push(about(component, reference ?? root, `${name} looks up ${parent}, which has no rows to look up.`));
  if (type === 'MasterDetail' && (NO_MASTERS.includes(parent) || !/__c$/.test(object)))
    complaints.push(about(component, first(root, 'type') ?? root, `${object} cannot be a detail of ${parent}.`));
  const called = first(root, 'relationshipName');
  if (called && !/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(called.text.trim()))
    complaints.push(
      about(component, called, `${called.text.trim()} is no name: letters, digits and single underscores, no suffix.`),
    );
  return complaints;
}

function emptied(component: Component): Complaint[] {
  const { root, name } = component;
  const constraint = first(root, 'deleteConstraint');
  if (!constraint || !isTrue(root, 'required') || constraint.text.trim() !== 'SetNull') return [];
  return [about(component, constraint, `${name} is required and cannot be emptied when its parent is deleted.`)];
}

function sameNames(lookups: readonly Component[]): Complaint[] {
  const seen = new Map<string, Component>();
  return lookups.flatMap((component) => {
    const called = first(component.root, 'relationshipName');
    const key = `${textOf(component.root, 'referenceTo')}.${called?.text.trim()}`.toLowerCase();
    const before = seen.get(key);
    if (called) seen.set(key, before ?? component);
    if (!called || !before) return [];
    return [
      about(
        component,
        called,
        `${before.object}.${before.name} has the relationship name ${called.text.trim()} already.`,
      ),
    ];
  });
}

function masters(lookups: readonly Component[]): Complaint[] {
  const details = lookups.filter(({ root }) => textOf(root, 'type') === 'MasterDetail');
  return [...Map.groupBy(details, ({ object }) => object).values()].flatMap((fields) => {
    const many = fields.slice(2).map((field) => about(field, field.root, `${field.object} has more than two masters.`));
    const orders = fields.map(({ root }) => textOf(root, 'relationshipOrder'));
    const clash = fields
      .filter(({ root }, index) => orders.indexOf(textOf(root, 'relationshipOrder')) !== index)
      .map((field) =>
        about(
          field,
          first(field.root, 'relationshipOrder') ?? field.root,
          'Another master has this relationshipOrder.',
        ),
      );
    const gap =
      fields.length === 1 && orders[0] === '1'
        ? fields.map((field) =>
            about(
              field,
              first(field.root, 'relationshipOrder') ?? field.root,
              'An only master has relationshipOrder 0.',
            ),
          )
        : [];
    return [...many, ...clash, ...gap];
  });
}
