import type { Catalog } from './catalog.ts';
import type { Component } from './component.ts';
import { all, along, first, textOf, type XmlElement } from './xml.ts';

/** Elements a flow goes through, by tag. */
const NODES = [
  ...['actionCalls', 'apexPluginCalls', 'assignments', 'collectionProcessors', 'customErrors', 'decisions', 'loops'],
  ...['orchestratedStages', 'recordCreates', 'recordDeletes', 'recordLookups', 'recordRollbacks', 'recordUpdates'],
  ...['screens', 'steps', 'subflows', 'transforms', 'waits'],
];
const RESOURCES = ['choices', 'constants', 'dynamicChoiceSets', 'formulas', 'stages', 'textTemplates', 'variables'];
/** Named things inside of nodes that can be referred to as well. */
const INNER = ['decisions/rules', 'waits/waitEvents', 'start/scheduledPaths', 'screens/fields'];

/** A flow as far as its references are concerned. */
export interface Flow {
  component: Component;
  nodes: ReadonlyMap<string, XmlElement>;
  /** Everything that has a name, nodes included. */
  named: readonly XmlElement[];
  start: XmlElement | undefined;
  /** Undefined unless the flow starts with a record or an event. */
  startObject: string | undefined;
  /** Whether the name is an element or a resource of this flow. */
  has(name: string): boolean;
  /** The object whose row, or rows, stand behind a name; undefined when it is no row or cannot be known. */
  objectBehind(name: string): string | undefined;
}

export function readFlow(component: Component, catalog: Catalog): Flow {
  const { root } = component;
  const nodes = NODES.flatMap((tag) => all(root, tag));
  const named = [
    ...nodes,
    ...RESOURCES.flatMap((tag) => all(root, tag)),
    ...INNER.flatMap((path) => along(root, path)),
  ];
  const byName = new Map(named.map((element) => [textOf(element, 'name') ?? '', element]));
  const start = first(root, 'start');
  const startObject = start && textOf(start, 'object');

  const objectBehind = (name: string, depth = 0): string | undefined => {
    if (name === '$Record' || name === '$Record__Prior') return startObject;
    const element = byName.get(name);
    // A loop over itself is a fault of its own, not a reason to hang.
    if (!element || depth > named.length) return undefined;
    const collection = textOf(element, 'collectionReference');
    if (['loops', 'collectionProcessors'].includes(element.name) && collection)
      return objectBehind(collection, depth + 1);
    if (element.name === 'variables') return textOf(element, 'objectType');
    return element.name === 'recordLookups' ? textOf(element, 'object') : undefined;
  };

  return {
    component,
    nodes: new Map(nodes.map((element) => [textOf(element, 'name') ?? '', element])),
    named,
    start,
    startObject,
    has: (name) => byName.has(name),
    objectBehind: (name) => {
      const object = objectBehind(name);
      return object !== undefined && catalog.object(object) ? object : undefined;
    },
  };
}
