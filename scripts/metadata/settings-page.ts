import { type Component, readComponents } from '../../src/sandbox/metadata/component.ts';
import { textOf } from '../../src/sandbox/metadata/xml.ts';
import { type MetadataRecord, readMetadataRecords } from '../../src/sandbox/org/schema/metadata-records.ts';
import { projectFiles } from './project-files.ts';
import { CODES } from './suppression-codes.ts';

/** The page `docs/settings.md`, made from the descriptions of the fields and the records that ship. */
export function settingsPage(): string {
  const files = projectFiles();
  const fields = readComponents(files).components.filter(({ type }) => type === 'CustomField');
  const of = (object: string) => fields.filter((field) => field.object === object);
  const records = readMetadataRecords(files);
  const [settings] = records.filter(({ type }) => type === 'NPS_Setting__mdt');
  const rules = records.filter(({ type }) => type === 'NPS_Routing_Rule__mdt');
  const triggers = records.filter(({ type }) => type === 'NPS_Trigger__mdt');
  const texts = records.filter(({ type }) => type === 'NPS_Trigger_Text__mdt');
  return `# Settings

Made from the metadata in \`force-app\` by \`node scripts/metadata-papers.ts\`; a test keeps it equal. The types are found in
Setup under Custom Metadata Types. The service reads them through the API and keeps what it read for ten seconds.

## NPS Setting, record Default

What holds for the whole programme.

${settingTable(of('NPS_Setting__mdt'), settings)}

While this record cannot be used, nobody is asked: events wait until it is mended, answers are taken and written all the
same.

## NPS Trigger, a record each

${fieldTable(of('NPS_Trigger__mdt'))}

The records that ship:

${shippedTable(of('NPS_Trigger__mdt'), triggers)}

## NPS Trigger Text, a record for each trigger and language

What a trigger's mails and page say to those who are written to in another language than its own record.

${fieldTable(of('NPS_Trigger_Text__mdt'))}

The records that ship:

${shippedTable(of('NPS_Trigger_Text__mdt'), texts)}

## NPS Routing Rule, a record each

Which answers make which Task. Rules are gone through when an answer counts, and again when its comment arrives or it is
corrected; a Task that is there already is left as it is.

${fieldTable(of('NPS_Routing_Rule__mdt'))}

The records that ship:

${shippedTable(of('NPS_Routing_Rule__mdt'), rules)}

## Who is asked, and why not

The contact the event names (that of the case) comes first, then those with the contact role of the settings in the
account's Contact Roles, then the primary contact there, then whoever was active last; only who may be asked is chosen.

Where two moments meet at one account, the trigger with the smaller priority is asked about, whatever order they come in,
as long as the other's mail has not left. What would come too soon waits if its trigger's *Wait in Days* reaches to the
end of the gap, and is decided anew then; otherwise it is suppressed.

Every decision is an NPS Invitation. \`Suppression_Reason__c\` says in a sentence why nobody was asked,
\`Suppression_Code__c\` as one of these, in the order they are looked at:

${table(
  ['code', 'what it stands for'],
  Object.entries(CODES).map(([code, meaning]) => [`\`${code}\``, meaning]),
)}

An invitation set to *Cancelled* before its mail left is not sent. It gives back the date it took on account and contact,
as one does that failed or bounced, unless somebody has set another date since.
`;
}

function settingTable(fields: readonly Component[], record: MetadataRecord | undefined): string {
  return table(
    ['setting', 'what it does', 'ships as'],
    fields.map((field) => [nameOf(field), textOf(field.root, 'description') ?? '', shown(record?.fields[field.name])]),
  );
}

function fieldTable(fields: readonly Component[]): string {
  return table(
    ['field', 'what it says'],
    fields.map((field) => [nameOf(field), textOf(field.root, 'description') ?? '']),
  );
}

function shippedTable(fields: readonly Component[], records: readonly MetadataRecord[]): string {
  return table(
    ['field', ...records.map(({ developerName }) => `\`${developerName}\``)],
    fields.map((field) => [nameOf(field), ...records.map((record) => shown(record.fields[field.name]))]),
  );
}

const nameOf = ({ root, name }: Component): string => `${textOf(root, 'label')}<br>\`${name}\``;

const shown = (value: MetadataRecord['fields'][string] | undefined): string =>
  value === null || value === undefined ? '' : String(value).replaceAll('\n', '<br>');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
