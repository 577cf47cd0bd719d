import { readPermissionSets } from './access/permission-sets.ts';
import { storePermissionSet } from './founding.ts';
import type { Installed } from './installed.ts';
import { storeNotificationTypes } from './notification-types.ts';
import { OrgError } from './org-error.ts';
import { Undone } from './rest/undone.ts';
import { type Deploy, referencesLast } from './rows/deploy.ts';
import type { Store } from './rows/store.ts';
import type { SourceFile } from './schema/metadata-file.ts';
import { type MetadataRecord, readMetadataRecords } from './schema/metadata-records.ts';
import type { Schema } from './schema/schema.ts';

interface Parts {
  installed: Installed;
  /** Takes up metadata as that of the org, in place of what it had, from which it differs in the changed files. */
  load(files: readonly SourceFile[], changed: readonly SourceFile[]): void;
  schema: Schema;
  store: Store;
  now: () => Date;
  deployRecord: Deploy;
}

export type Install = (deployed: readonly SourceFile[], options: { checkOnly: boolean }) => void;

/** Adds metadata to an org that runs; all or nothing. What a file is to blame for begins with the file's path. */
export function installer({ installed, load, schema, store, now, deployRecord }: Parts): Install {
  const replace = ({ path, type, developerName, label, fields }: MetadataRecord) => {
    try {
      deployRecord(type, developerName, label, fields);
    } catch (error) {
      throw error instanceof OrgError ? new Error(`${path}: ${error.message}`, { cause: error }) : error;
    }
  };
  return (deployed, { checkOnly }) => {
    try {
      load(installed.filesWith(deployed), deployed);
      store.transaction(() => {
        for (const set of readPermissionSets(deployed)) storePermissionSet({ store, now }, set);
        storeNotificationTypes({ store, now }, deployed);
        for (const record of referencesLast(readMetadataRecords(deployed), schema)) replace(record);
        if (checkOnly) throw new Undone();
        installed.keep(deployed);
      });
    } catch (error) {
      load(installed.files(), deployed);
      if (!(error instanceof Undone)) throw error;
    }
  };
}
