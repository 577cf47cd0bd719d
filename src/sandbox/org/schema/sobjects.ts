import { readDefinitions } from './force-app.ts';
import type { SourceFile } from './metadata-file.ts';
import { type SObject, sobject } from './sobject.ts';
import { ANY_WITH_ACTIVITIES } from './standard/work.ts';

/** Every kind of record an org with this metadata has, complete with key prefixes and what a Task may be about. */
export function sobjectsOf(source: readonly SourceFile[], prefixOf: (name: string) => string): SObject[] {
  const definitions = readDefinitions(source);
  const withActivities = definitions
    .filter((each) => each.allowsActivities && each.name !== 'Contact')
    .map(({ name }) => name);
  return definitions.map((definition) => {
    const fields = definition.fields.map((each) =>
      each.referenceTo.includes(ANY_WITH_ACTIVITIES) ? { ...each, referenceTo: withActivities } : each,
    );
    return sobject({ ...definition, fields }, definition.keyPrefix ?? prefixOf(definition.name));
  });
}
