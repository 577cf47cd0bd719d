import { createHash } from 'node:crypto';
import type { FieldValue } from '../org.ts';
import { recordId } from '../record-id.ts';
import type { Store, StoredRow } from './store.ts';

type Fields = Record<string, FieldValue>;

const FILE_TYPES: Record<string, string> = { pdf: 'PDF', html: 'HTML', json: 'JSON', txt: 'TEXT', csv: 'CSV' };

/** What Salesforce works out of a version of a file: its document if it is the first, its number, size and kind. */
export function derivedVersion(row: Readonly<Fields>, store: Store, before: Readonly<Fields> | undefined): Fields {
  if (before) return {};
  const path = String(row.PathOnClient ?? '');
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? null;
  const content = Buffer.from(String(row.VersionData ?? ''), 'base64');
  const document = row.ContentDocumentId ?? recordId('069', store.count('ContentDocument') + 1);
  return {
    Title: row.Title ?? (path === '' ? null : path),
    ContentDocumentId: document,
    VersionNumber: String(versionsOf(store, String(document)).length + 1),
    IsLatest: true,
    ContentSize: content.length,
    Checksum: createHash('md5').update(content).digest('hex'),
    FileExtension: extension,
    FileType: FILE_TYPES[extension ?? ''] ?? 'UNKNOWN',
  };
}

/** Publishes a version that was saved: it is the latest of its document, which hangs on its owner and where it was put. */
export function publishVersion(store: Store, version: StoredRow): void {
  const id = String(version.ContentDocumentId);
  for (const other of versionsOf(store, id)) {
    if (other.Id !== version.Id && other.IsLatest === true) store.put('ContentVersion', { ...other, IsLatest: false });
  }
  const known = store.get('ContentDocument', id);
  const { Title, ContentSize, FileExtension, FileType, OwnerId } = version;
  store.put('ContentDocument', {
    ...(known ?? { ...stampsOf(version), OwnerId }),
    ...{ Id: id, Title, ContentSize, FileExtension, FileType, LatestPublishedVersionId: version.Id },
    ...{ LastModifiedDate: version.LastModifiedDate, SystemModstamp: version.SystemModstamp },
  } as StoredRow);
  if (known) return;
  link(store, version, OwnerId);
  if (version.FirstPublishLocationId) link(store, version, version.FirstPublishLocationId);
}

function link(store: Store, version: StoredRow, LinkedEntityId: FieldValue | undefined): void {
  store.put('ContentDocumentLink', {
    ...stampsOf(version),
    Id: recordId('06A', store.count('ContentDocumentLink') + 1),
    ...{ ContentDocumentId: version.ContentDocumentId ?? null, LinkedEntityId: LinkedEntityId ?? null },
    ...{ ShareType: 'I', Visibility: 'AllUsers' },
  });
}

function versionsOf(store: Store, document: string): StoredRow[] {
  return store.having('ContentVersion', 'ContentDocumentId', [document]) ?? [];
}

function stampsOf(version: StoredRow) {
  const { CreatedDate, CreatedById, LastModifiedDate, LastModifiedById, SystemModstamp } = version;
  return {
    IsDeleted: false,
    CreatedDate: CreatedDate ?? null,
    CreatedById: CreatedById ?? null,
    LastModifiedDate: LastModifiedDate ?? null,
    LastModifiedById: LastModifiedById ?? null,
    SystemModstamp: SystemModstamp ?? null,
  };
}
