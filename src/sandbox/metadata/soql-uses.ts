import { type FieldType, parseQuery, type Query } from '@jetstreamapp/soql-parser-js';

/** A field a query names, by its path from the object it selects from. */
export interface FieldUse {
  object: string;
  path: string;
}

export interface SoqlUses {
  objects: string[];
  fields: FieldUse[];
}

/**
 * Every object and field a query names: selected, filtered, sorted and grouped, in semi-joins and child queries too.
 * `childObject` tells whose rows a child relationship holds. @throws when the query cannot be parsed
 */
export function soqlUses(soql: string, childObject: (parent: string, relationship: string) => string): SoqlUses {
  const uses: SoqlUses = { objects: [], fields: [] };
  const inQuery = (query: Query, object: string) => {
    uses.objects.push(object);
    const names: string[] = [];
    for (const item of query.fields ?? []) {
      if (item.type === 'FieldSubquery') inQuery(item.subquery, childObject(object, item.subquery.relationshipName));
      else names.push(...selected(item));
    }
    for (const clause of [query.where, query.having]) {
      names.push(...named(clause));
      for (const inner of semiJoins(clause)) inQuery(inner, inner.sObject ?? '');
    }
    names.push(...[query.orderBy ?? [], query.groupBy ?? []].flat().flatMap(named));
    // COUNT(Id) n: an alias, sorted or filtered by, is no field.
    const aliases = (query.fields ?? []).flatMap((item) => ('alias' in item && item.alias ? [item.alias] : []));
    for (const path of new Set(names)) if (!aliases.includes(path) && path !== '') uses.fields.push({ object, path });
  };
  const query = parseQuery(soql);
  inQuery(query, query.sObject ?? '');
  return uses;
}

function selected(item: FieldType): string[] {
  if (item.type === 'Field') return [item.field];
  if (item.type === 'FieldRelationship') return [item.rawValue ?? [...item.relationships, item.field].join('.')];
  if (item.type === 'FieldFunctionExpression')
    return item.parameters.flatMap((each) => (typeof each === 'string' ? [each] : selected(each)));
  return [];
}

/** The fields named anywhere in a clause, outside of inner queries. */
function named(clause: unknown): string[] {
  if (typeof clause !== 'object' || clause === null) return [];
  return Object.entries(clause).flatMap(([key, value]) => {
    if (key === 'valueQuery') return [];
    if (key === 'field' && typeof value === 'string') return [value];
    if (key === 'parameters' && Array.isArray(value)) return value.filter((each) => typeof each === 'string');
    return Array.isArray(value) ? value.flatMap(named) : named(value);
  });
}

function semiJoins(clause: unknown): Query[] {
  if (typeof clause !== 'object' || clause === null) return [];
  return Object.entries(clause).flatMap(([key, value]) => (key === 'valueQuery' ? [value as Query] : semiJoins(value)));
}
