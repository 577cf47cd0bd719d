import { type Field, field, longText, lookup, open, picklist, readOnly, text, whole } from '../field.ts';
import { standard } from './standard.ts';

/** Files hang on every kind of record; the list is filled in when the schema is complete. */
export const ANY_RECORD = 'Record';

const OF_A_FILE: Field[] = [
  readOnly(whole('ContentSize', { label: 'Size' })),
  readOnly(text('FileExtension', 40)),
  readOnly(text('FileType', 20)),
];

/** Nobody grants files: whoever sees a record sees those that hang on it. */
const openToAll = (fields: Field[]): Field[] => fields.map(open);

/** Salesforce Files: a document, its versions, and where it hangs. */
export const FILES = [
  standard(
    'ContentDocument',
    '069',
    { label: 'Content Document' },
    openToAll([
      text('Title', 255, { required: true, createable: false }),
      ...OF_A_FILE,
      readOnly(lookup('LatestPublishedVersionId', 'ContentVersion')),
      lookup('OwnerId', 'User'),
    ]),
  ),
  standard(
    'ContentVersion',
    '068',
    { label: 'Content Version' },
    openToAll([
      text('Title', 255, { required: true }),
      text('PathOnClient', 500, { required: true, updateable: false }),
      field('VersionData', 'base64', { required: true, updateable: false }),
      lookup('ContentDocumentId', 'ContentDocument', {
        updateable: false,
        cascadeDelete: true,
        childRelationshipName: 'ContentVersions',
      }),
      lookup('FirstPublishLocationId', ANY_RECORD, { updateable: false }),
      text('ReasonForChange', 1000),
      longText('Description', 1000),
      readOnly(text('VersionNumber', 20)),
      readOnly(field('IsLatest', 'boolean')),
      readOnly(text('Checksum', 50)),
      ...OF_A_FILE,
      lookup('OwnerId', 'User'),
    ]),
  ),
  standard(
    'ContentDocumentLink',
    '06A',
    { label: 'Content Document Link' },
    openToAll([
      lookup('ContentDocumentId', 'ContentDocument', {
        ...{ required: true, updateable: false, cascadeDelete: true },
        childRelationshipName: 'ContentDocumentLinks',
      }),
      lookup('LinkedEntityId', ANY_RECORD, {
        ...{ required: true, updateable: false, cascadeDelete: true },
        childRelationshipName: 'ContentDocumentLinks',
      }),
      picklist('ShareType', ['V', 'C', 'I'], { required: true, restricted: true }),
      picklist('Visibility', ['AllUsers', 'InternalUsers', 'SharedUsers'], {
        restricted: true,
        defaultValue: 'AllUsers',
      }),
    ]),
  ),
];
