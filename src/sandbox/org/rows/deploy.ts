import type { FieldValue } from '../org.ts';
import { recordId } from '../record-id.ts';
import type { Schema } from '../schema/schema.ts';
import { noSuchColumn } from './body.ts';
import { checkRequired } from './rules.ts';
import type { Store } from './store.ts';
import { salesforceDateTime, storable } from './value.ts';

export type Deploy = (type: string, developerName: string, label: string, fields: Record<string, FieldValue>) => void;

/** Deploys custom metadata records: a record of the same name is replaced, its id stays. */
export function deployer({ schema, store, now }: { schema: Schema; store: Store; now: () => Date }): Deploy {
  return (type, developerName, label, fields) => {
    const sobject = schema.get(type);
    const values = Object.entries(fields).map(([name, value]) => {
      const field = sobject.field(name);
      if (!field?.custom) throw noSuchColumn(sobject, name);
      return [field.name, storable(field, value ?? field.defaultValue)] as const;
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
