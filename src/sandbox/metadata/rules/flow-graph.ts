import type { Complaint } from '../finding.ts';
import { type Flow, readFlow } from '../flow.ts';
import { about, type Rule } from '../rule.ts';
import { all, along, everyElement, first, textOf, type XmlElement } from '../xml.ts';

export const flowGraph: Rule = {
  name: 'flow-graph',
  severity: 'error',
  says: 'A flow has a start, every connector leads to an element, every element can be reached, names are unique, and condition logic counts conditions that are there.',
  source:
    'Metadata API Developer Guide, "Flow"; deploy errors "The element has an invalid reference", "isn\'t connected"',
  check: ({ ofType, catalog }) =>
    ofType('Flow').flatMap((component) => {
      const flow = readFlow(component, catalog);
      return [...beginning(flow), ...connectors(flow), ...unreached(flow), ...sameNames(flow), ...logic(flow)];
    }),
};

const targetsIn = (element: XmlElement): XmlElement[] =>
  everyElement(element).filter(({ name }) => name === 'targetReference');

function beginning({ component, start, nodes }: Flow): Complaint[] {
  const { root } = component;
  const old = first(root, 'startElementReference');
  if (old && !nodes.has(old.text.trim()))
    return [about(component, old, `There is no element ${old.text.trim()} to start with.`)];
  if (!start && !old && nodes.size > 0) return [about(component, root, 'The flow has no start.')];
  if (start && nodes.size > 0 && targetsIn(start).length === 0)
    return [about(component, start, 'The start leads nowhere.')];
  return [];
}

function connectors({ component, nodes }: Flow): Complaint[] {
  return targetsIn(component.root)
    .filter(({ text }) => !nodes.has(text.trim()))
    .map((target) => about(component, target, `There is no element ${target.text.trim()} to go to.`));
}

function unreached({ component, nodes, start }: Flow): Complaint[] {
  const old = textOf(component.root, 'startElementReference');
  const reached = new Set<string>();
  const go = (name: string) => {
    const node = nodes.get(name);
    if (!node || reached.has(name)) return;
    reached.add(name);
    for (const target of targetsIn(node)) go(target.text.trim());
  };
  for (const first of [...(start ? targetsIn(start).map(({ text }) => text.trim()) : []), ...(old ? [old] : [])])
    go(first);
  return [...nodes]
    .filter(([name]) => !reached.has(name))
    .map(([name, node]) => about(component, node, `Nothing leads to ${name}.`));
}

function sameNames({ component, named }: Flow): Complaint[] {
  const seen = new Set<string>();
  return named.flatMap((element) => {
    const called = first(element, 'name');
    const name = called?.text.trim().toLowerCase();
    if (name === undefined) return [about(component, element, `A ${element.name} has no name.`)];
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [about(component, called ?? element, `${called?.text.trim()} is the name of another element.`)];
  });
}

/** Where conditions are joined: the element that counts them, and what it counts. */
const JOINED: [path: string, logic: string, counted: string][] = [
  ['decisions/rules', 'conditionLogic', 'conditions'],
  ['start', 'filterLogic', 'filters'],
  ...['recordLookups', 'recordUpdates', 'recordDeletes'].map((path): [string, string, string] => [
    path,
    'filterLogic',
    'filters',
  ]),
  ['collectionProcessors', 'conditionLogic', 'conditions'],
];

function logic({ component }: Flow): Complaint[] {
  return JOINED.flatMap(([path, tag, counted]) =>
    along(component.root, path).flatMap((element) => {
      const stated = first(element, tag);
      const count = all(element, counted).length;
      const text = stated?.text.trim().toLowerCase() ?? '';
      if (!stated || ['and', 'or', 'formula_evaluates_to_true', ''].includes(text)) return [];
      const numbers = [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));
      const outside = numbers.find((number) => number < 1 || number > count);
      if (numbers.length === 0)
        return [about(component, stated, `${stated.text.trim()} is no logic: and, or, or numbers of conditions.`)];
      return outside === undefined
        ? []
        : [about(component, stated, `${stated.text.trim()} counts a condition ${outside}; there are ${count}.`)];
    }),
  );
}
