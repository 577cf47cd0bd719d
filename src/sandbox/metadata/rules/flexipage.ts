import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { all, along, everyElement, first, textOf } from '../xml.ts';

export const flexipage: Rule = {
  name: 'flexipage',
  severity: 'error',
  says: 'A Lightning page is about an object that exists; the fields, components, flows and reports on it and in its visibility rules exist; its regions are those of its template, its identifiers its own.',
  source: 'Metadata API Developer Guide, "FlexiPage"',
  check: (pack) => pack.ofType('FlexiPage').flatMap((component) => inPage(component, pack)),
};

function inPage(component: Component, pack: Package): Complaint[] {
  const { root } = component;
  const subject = first(root, 'sobjectType');
  const object = subject?.text.trim() ?? '';
  if (subject && !pack.catalog.object(object)) return [about(component, subject, `There is no object ${object}.`)];
  if (textOf(root, 'type') === 'RecordPage' && !subject)
    return [about(component, root, 'A record page has no sobjectType.')];
  const elements = everyElement(root);
  const isField = (path: string) => pack.catalog.path(object, path) !== undefined;
  const fields = elements
    .filter(({ name, text }) => name === 'fieldItem' && !isField(text.trim().replace(/^Record\./, '')))
    .map((element) => about(component, element, `${object} has no field ${element.text.trim()}.`));
  const rules = elements.flatMap((element) => {
    const [, path] = (element.name === 'leftValue' && /^\{!Record\.([\w.]+)\}$/.exec(element.text.trim())) || [];
    return path && !isField(path) ? [about(component, element, `${object} has no field ${path}.`)] : [];
  });
  const components = elements
    .filter(({ name, text }) => name === 'componentName' && isOurs(text.trim()))
    .filter(
      ({ text }) =>
        !pack.ofType('LightningComponentBundle').some(({ name }) => name === text.trim().replace(/^c:/, '')),
    )
    .map((element) => about(component, element, `There is no component ${element.text.trim()}.`));
  return [
    ...fields,
    ...rules,
    ...components,
    ...properties(component, pack),
    ...regions(component),
    ...identifiers(component),
  ];
}

/** Standard components have a namespace, `flexipage:richText`, or an unprefixed name on record pages. */
const isOurs = (name: string): boolean => name.startsWith('c:') || /^nps[A-Z]/.test(name);

/** Properties that name something shipped, by the component they belong to. */
const NAMING: Record<string, { property: string; type: string }> = {
  'flowruntime:interview': { property: 'flowName', type: 'Flow' },
  'flexipage:reportChart': { property: 'reportName', type: 'Report' },
};

function properties(component: Component, { ofType }: Package): Complaint[] {
  return everyElement(component.root)
    .filter(({ name }) => name === 'componentInstance')
    .flatMap((instance) => {
      const naming = NAMING[textOf(instance, 'componentName') ?? ''];
      const value = instance.children
        .filter(({ name }) => name === 'componentInstanceProperties')
        .filter((property) => textOf(property, 'name') === naming?.property)
        .map((property) => first(property, 'value'))[0];
      const named = value?.text.trim().split('/').at(-1);
      if (!naming || !value || ofType(naming.type).some(({ name }) => name.split('/').at(-1) === named)) return [];
      return [about(component, value, `There is no ${naming.type} ${value.text.trim()}.`)];
    });
}

/** The regions of the templates known here; `flexipage:` templates are Salesforce's own. */
const REGIONS: Record<string, string[]> = {
  'flexipage:recordHomeTemplateDesktop': ['header', 'main', 'sidebar'],
  'flexipage:defaultAppHomeTemplate': ['main'],
};

/** Regions a template does not have, and facets that no component shows or that are not there. */
function regions(component: Component): Complaint[] {
  const { root } = component;
  const template = along(root, 'template/name')[0]?.text.trim() ?? '';
  const ofType = (type: string) => all(root, 'flexiPageRegions').filter((each) => textOf(each, 'type') === type);
  const strange = ofType('Region')
    .flatMap((region) => all(region, 'name'))
    .filter(({ text }) => REGIONS[template]?.includes(text.trim()) === false)
    .map((name) => about(component, name, `${template} has no region ${name.text.trim()}.`));
  const facets = ofType('Facet').map((facet) => textOf(facet, 'name') ?? '');
  const shown = everyElement(root)
    .filter((each) => each.name === 'componentInstanceProperties')
    .filter((property) => ['body', 'tabs', 'columns'].includes(textOf(property, 'name') ?? ''));
  const missing = shown
    .filter((property) => !facets.includes(textOf(property, 'value') ?? ''))
    .map((property) => about(component, property, `There is no facet ${textOf(property, 'value')}.`));
  return [...strange, ...missing];
}

function identifiers(component: Component): Complaint[] {
  const seen = new Set<string>();
  return everyElement(component.root)
    .filter(({ name }) => name === 'identifier')
    .flatMap((element) => {
      const again = seen.has(element.text.trim());
      seen.add(element.text.trim());
      return again ? [about(component, element, `${element.text.trim()} is the identifier of another item.`)] : [];
    });
}
