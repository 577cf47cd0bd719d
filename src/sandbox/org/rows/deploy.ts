import type { FieldValue } from '../org.ts';
import { OrgError } from '../org-error.ts';
import { recordId } from '../record-id.ts';
import type { Field } from '../schema/field.ts';
import type { MetadataRecord } from '../schema/metadata-records.ts';
import type { Schema } from '../schema/schema.ts';
import type { SObject } from '../schema/sobject.ts';
import { noSuchColumn } from './body.ts';
import { checkRequired } from './rules.ts';
import type { Store } from './store.ts';
import { salesforceDateTime, storable } from './value.ts';

export type Deploy = (type: string, developerName: string, label: string, fields: Record<string, FieldValue>) => void;

/** Records that point at others come after them, in whatever order a package has them. */
export function referencesLast(records: readonly MetadataRecord[], schema: Schema): MetadataRecord[] {
  const refers = ({ type }: MetadataRecord) =>
    schema.get(type).fields.some(({ custom, type: kind }) => custom && kind === 'reference');
  return records.toSorted((one, other) => Number(refers(one)) - Number(refers(other)));
}

/** Deploys custom metadata records: a record of the same name is replaced, its id stays. */
export function deployer({ schema, store, now }: { schema: Schema; store: Store; now: () => Date }): Deploy {
  /** A file names another record, a row holds its id. */
  const idOf = ({ name }: SObject, field: Field, named: FieldValue) => {
    if (named === null) return null;
    const target = schema.get(field.referenceTo[0] ?? '').name;
    const [found] = [...store.live(target)].filter((row) => row.DeveloperName === named);
    if (found) return found.Id;
    throw new OrgError('INVALID_CROSS_REFERENCE_KEY', `${name}.${field.name}: there is no ${target} record ${named}.`);
  };

  return (type, developerName, label, fields) => {
    const sobject = schema.get(type);
    const values = Object.entries(fields).map(([name, value]) => {
      const field = sobject.field(name);
      if (!field?.custom) throw noSuchColumn(sobject, name);
      const stored = field.type === 'reference' ? idOf(sobject, field, value) : (value ?? field.defaultValue);
      return [field.name, storable(field, stored)] as const;
    });
    const [replaced] = [...store.live(sobject.name)].filter((row) => row.DeveloperName === developerName);
    const row = {
      ...Object.fromEntries(
        sobject.fields.filter(({ custom }) => custom).map((each) => [each.name, each.defaultValue]),
      ),
      ...Object.fromEntries(values),
      Id: replaced?.Id ?? recordId(sobject.keyPrefix, store.count(sobject.name) + 1),
      DeveloperName: developerName,
      MasterLabel: label,
      Label: label,
      Language: 'en_US',
      NamespacePrefix: null,
      QualifiedApiName: developerName,
      IsProtected: false,
      SystemModstamp: salesforceDateTime(now()),
    };
    checkRequired(sobject, row);
    store.put(sobject.name, row);
  };
}
