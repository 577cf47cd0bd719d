import type { Field } from '../field.ts';
import type { Sharing } from '../sharing.ts';
import { type SObjectDefinition, systemFields } from '../sobject.ts';

interface About {
  label: string;
  labelPlural?: string;
  allowsActivities?: boolean;
  /** Rows without a recycle bin have no IsDeleted. */
  deletable?: boolean;
  /** Private unless given, as most companies have it. */
  sharing?: Sharing;
  setup?: true;
}

/** A standard object as data: its name, key prefix and fields in use. */
export function standard(name: string, keyPrefix: string, about: About, fields: Field[]): SObjectDefinition {
  const { label, labelPlural = `${label}s`, allowsActivities = false, deletable = true } = about;
  const system = systemFields().filter((each) => deletable || each.name !== 'IsDeleted');
  const isSetup = about.setup ?? false;
  const sharing = about.sharing ?? (isSetup ? 'Read' : 'Private');
  return {
    name,
    label,
    labelPlural,
    kind: 'standard',
    keyPrefix,
    allowsActivities,
    sharing,
    setup: isSetup,
    fields: [...system, ...fields],
  };
}
