import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { isListColumn } from '../list-columns.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { along, first, textOf } from '../xml.ts';

/** Records of custom metadata show who made them, but rows read by SOQL do not. */
const ON_METADATA_LAYOUTS = ['CreatedById', 'LastModifiedById'];

/** What an item may show instead of a field. */
const ITEMS = ['emptySpace', 'customLink', 'page', 'component', 'canvas', 'reportChartComponent'];
/** Related lists that are there only when the object has the feature. */
const OF_FEATURES: Record<string, string> = {
  RelatedActivityList: 'enableActivities',
  RelatedHistoryList: 'enableActivities',
  RelatedEntityHistoryList: 'enableHistory',
};

export const layout: Rule = {
  name: 'layout',
  severity: 'error',
  says: 'A layout belongs to an object that exists and shows fields it has; required fields are on it and required there; related lists and their columns exist.',
  source:
    'Metadata API Developer Guide, "Layout"; deploy errors "no CustomField named", "Layout must contain an item for required layout field"',
  check: (pack) => pack.ofType('Layout').flatMap((component) => inLayout(component, pack)),
};

function inLayout(component: Component, pack: Package): Complaint[] {
  const { root, name } = component;
  const [object = ''] = name.split('-');
  const known = pack.catalog.object(object);
  if (!known || !name.includes('-'))
    return [about(component, root, `${name} is no layout of an object that exists: Object-Layout name.`)];
  const items = along(root, 'layoutSections/layoutColumns/layoutItems');
  const shown = items.flatMap((item) => {
    const field = first(item, 'field');
    if (!field) return ITEMS.some((tag) => first(item, tag)) ? [] : [about(component, item, 'An item shows nothing.')];
    const name = field.text.trim();
    const behavior = first(item, 'behavior');
    if (!behavior) return [about(component, item, `${name} stands on the layout without a behavior.`)];
    if (object.endsWith('__mdt') && ON_METADATA_LAYOUTS.includes(name)) return [];
    const found = known.fields.get(name);
    if (!found) return [about(component, field, `${object} has no field ${name}.`)];
    const must = found.component !== undefined && (found.required || found.type === 'MasterDetail');
    const fixed = found.isFormula || ['AutoNumber', 'Summary'].includes(found.type);
    if (must && behavior.text.trim() !== 'Required')
      return [about(component, behavior, `${found.name} is required and has to be Required on the layout.`)];
    if (fixed && behavior.text.trim() !== 'Readonly')
      return [about(component, behavior, `${found.name} is computed and has to be Readonly on the layout.`)];
    return [];
  });
  const placed = new Set(items.map((item) => textOf(item, 'field')));
  const absent = [...known.fields.values()]
    .filter((field) => field.component && (field.required || field.type === 'MasterDetail') && !placed.has(field.name))
    .map((field) => about(component, root, `${field.name} is required and not on the layout.`));
  return [...shown, ...absent, ...relatedLists(component, object, pack)];
}

function relatedLists(component: Component, object: string, { catalog, ofType }: Package): Complaint[] {
  const shown = ofType('CustomObject').find(({ name }) => name === object);
  return along(component.root, 'relatedLists').flatMap((list) => {
    const named = first(list, 'relatedList');
    const feature = OF_FEATURES[named?.text.trim() ?? ''];
    if (named && feature && shown && textOf(shown.root, feature) !== 'true')
      return [about(component, named, `${object} has no ${named.text.trim()} without ${feature}.`)];
    // Standard ones are `RelatedXList`; ours are named by the child and its lookup.
    const [, child = '', field = ''] = /^(\w+__c)\.(\w+)$/.exec(named?.text.trim() ?? '') ?? [];
    if (!named || child === '') return [];
    const found = catalog.field(child, field);
    if (!found?.referenceTo.includes(object))
      return [about(component, named, `${child} has no lookup ${field} to ${object}.`)];
    return ['fields', 'sortField'].flatMap((tag) =>
      along(list, tag)
        .filter((column) => !isListColumn(catalog, child, column.text.trim()))
        .map((column) => about(component, column, `${child} has no field ${column.text.trim()}.`)),
    );
  });
}
