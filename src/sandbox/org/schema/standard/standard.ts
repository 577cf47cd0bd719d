import type { Field } from '../field.ts';
import { type SObjectDefinition, systemFields } from '../sobject.ts';

interface About {
  label: string;
  labelPlural?: string;
  allowsActivities?: boolean;
  /** Rows without a recycle bin have no IsDeleted. */
  deletable?: boolean;
}

/** A standard object as data: its name, key prefix and fields in use. */
export function standard(name: string, keyPrefix: string, about: About, fields: Field[]): SObjectDefinition {
  const { label, labelPlural = `${label}s`, allowsActivities = false, deletable = true } = about;
  const system = systemFields().filter((each) => deletable || each.name !== 'IsDeleted');
  return { name, label, labelPlural, kind: 'standard', keyPrefix, allowsActivities, fields: [...system, ...fields] };
}
