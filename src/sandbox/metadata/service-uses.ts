import type { Catalog, KnownField } from './catalog.ts';
import type { Demand, Query } from './rule.ts';
import { type FieldUse, soqlUses } from './soql-uses.ts';

/** The steps of a path from an object, each with the field it stands on: `Account__r.Name` reads two. */
export function stepsOf(catalog: Catalog, { object, path }: FieldUse): KnownField[] {
  const names = path.split('.');
  return names.flatMap((name, index) => {
    const before = names.slice(0, index);
    if (index === names.length - 1) return catalog.path(object, path) ?? [];
    const owner = before.length === 0 ? [object] : targetsOf(catalog, object, before);
    return owner.flatMap((each) => fieldBehind(catalog, each, name) ?? []).slice(0, 1);
  });
}

function fieldBehind(catalog: Catalog, object: string, relationship: string): KnownField | undefined {
  return [...(catalog.object(object)?.fields.values() ?? [])].find((field) => field.relationship === relationship);
}

function targetsOf(catalog: Catalog, object: string, steps: string[]): string[] {
  return steps.reduce(
    (objects, step) => objects.flatMap((each) => fieldBehind(catalog, each, step)?.referenceTo ?? []),
    [object],
  );
}

/** What running a query takes: to read its objects and every field it names. Queries that cannot be parsed take nothing. */
export function demandsOf(catalog: Catalog, { permissionSet, soql }: Query): Demand[] {
  const uses = soqlUses(soql, (parent, relationship) => catalog.childObject(parent, relationship) ?? relationship);
  const fields = uses.fields.flatMap((use) => stepsOf(catalog, use));
  const objects = [...uses.objects, ...fields.map(({ object }) => object)];
  return [
    ...objects.map((object): Demand => ({ permissionSet, object, access: 'read' })),
    ...fields.map(({ object, name }): Demand => ({ permissionSet, object, field: name, access: 'read' })),
  ];
}
