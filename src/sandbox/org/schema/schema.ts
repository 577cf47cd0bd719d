import { OrgError } from '../org-error.ts';
import type { SObject } from './sobject.ts';

/** Every kind of record this org knows. */
export interface Schema {
  all(): SObject[];
  find(name: string): SObject | undefined;
  /** Throws NOT_FOUND as a REST call for an unknown object does. */
  get(name: string): SObject;
  /** The object an id belongs to, by its first three characters. */
  ofId(id: string): SObject | undefined;
}

/** A schema that a deploy can change. */
export interface LiveSchema extends Schema {
  replace(sobjects: SObject[]): void;
}

/** Makes a schema of its objects; names are found whatever their case. */
export function makeSchema(sobjects: SObject[]): LiveSchema {
  let all: SObject[];
  let byName: Map<string, SObject>;
  let byPrefix: Map<string, SObject>;
  const replace = (objects: SObject[]) => {
    all = objects;
    byName = new Map(objects.map((each) => [each.name.toLowerCase(), each]));
    byPrefix = new Map(objects.map((each) => [each.keyPrefix, each]));
  };
  replace(sobjects);
  const find = (name: string) => byName.get(name.toLowerCase());
  return {
    replace,
    all: () => all,
    find,
    get(name) {
      const found = find(name);
      if (!found) throw new OrgError('NOT_FOUND', 'The requested resource does not exist', { status: 404 });
      return found;
    },
    ofId: (id) => byPrefix.get(id.slice(0, 3)),
  };
}
