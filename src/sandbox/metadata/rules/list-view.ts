import type { Component } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { isListColumn } from '../list-columns.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { all, first, textOf } from '../xml.ts';

const NEEDS_NO_VALUE = ['equals', 'notEqual'];

export const listView: Rule = {
  name: 'list-view',
  severity: 'error',
  says: 'A list view shows and filters by fields of its object, with an operator and a value, combines filters it has, and is not `Mine`.',
  source: 'Metadata API Developer Guide, "ListView"; cli issue #3039 (a new list view with scope Mine fails to deploy)',
  check: (pack) => pack.ofType('ListView').flatMap((component) => inView(component, pack)),
};

function inView(component: Component, { catalog }: Package): Complaint[] {
  const { root, object } = component;
  const columns = [...all(root, 'columns'), ...all(root, 'filters').flatMap((filter) => all(filter, 'field'))]
    .filter((column) => !isListColumn(catalog, object, column.text.trim()))
    .map((column) => about(component, column, `${object} has no field ${column.text.trim()}.`));
  const filters = all(root, 'filters').flatMap((filter) => {
    const value = textOf(filter, 'value');
    const field = catalog.field(object, textOf(filter, 'field') ?? '');
    const operation = textOf(filter, 'operation') ?? '';
    if (value === undefined && !NEEDS_NO_VALUE.includes(operation))
      return [about(component, filter, `A filter by ${operation} has no value.`)];
    const strangers = (value ?? '')
      .split(',')
      .filter((each) => each !== '' && field?.values && !field.values.includes(each));
    return ['equals', 'notEqual'].includes(operation)
      ? strangers.map((each) =>
          about(component, first(filter, 'value') ?? filter, `${each} is no value of ${field?.name}.`),
        )
      : [];
  });
  const scope = first(root, 'filterScope');
  const mine =
    scope?.text.trim() === 'Mine'
      ? [about(component, scope, 'A new list view of scope Mine cannot be deployed; use Everything.')]
      : [];
  const logic = first(root, 'booleanFilter');
  const count = all(root, 'filters').length;
  const wrongLogic =
    logic && [...logic.text.matchAll(/\d+/g)].some(([number]) => Number(number) > count || Number(number) < 1)
      ? [about(component, logic, `${logic.text.trim()} names a filter that is not there; there are ${count}.`)]
      : [];
  return [...columns, ...filters, ...mine, ...wrongLogic];
}
