import { readDefinitions } from './force-app.ts';
import type { SourceFile } from './metadata-file.ts';
import { type SObject, sobject } from './sobject.ts';
import { ANY_RECORD } from './standard/files.ts';
import { ANY_WITH_ACTIVITIES } from './standard/work.ts';

/** Every kind of record an org with this metadata has, complete with key prefixes and what a Task may be about and a file hang on. */
export function sobjectsOf(source: readonly SourceFile[], prefixOf: (name: string) => string): SObject[] {
  const definitions = readDefinitions(source);
  const withActivities = definitions
    .filter((each) => each.allowsActivities && each.name !== 'Contact')
    .map(({ name }) => name);
  const records = definitions
    .filter(({ kind, setup, name }) => kind === 'custom' || (kind === 'standard' && (!setup || name === 'User')))
    .map(({ name }) => name);
  const targets: Record<string, string[]> = { [ANY_WITH_ACTIVITIES]: withActivities, [ANY_RECORD]: records };
  return definitions.map((definition) => {
    const fields = definition.fields.map((each) => {
      const referenceTo = targets[each.referenceTo[0] ?? ''];
      return referenceTo ? { ...each, referenceTo } : each;
    });
    return sobject({ ...definition, fields }, definition.keyPrefix ?? prefixOf(definition.name));
  });
}
