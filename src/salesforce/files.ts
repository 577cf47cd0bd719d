import type { StoredFile } from '../loop/ports.ts';
import type { Calls } from './calls.ts';
import { text, textAt } from './rows.ts';
import { list, quoted } from './soql.ts';

/**
 * Publishes a file on the row of NPS Health with that key, where everybody finds it who may see the programme. A file of
 * the same title there gets a new version instead; the answer is the id of its ContentDocument.
 *
 * Salesforce does not keep titles unique. Whoever made a first version looks again, and of files that were made at the
 * same moment all keep the one with the lowest id, so that one is left in the end.
 *
 * @throws SalesforceError when Salesforce refuses it
 */
export async function storeFile(calls: Calls, file: StoredFile): Promise<string> {
  const { row } = await calls.select({ row: `SELECT Id FROM NPS_Health__c WHERE Key__c = ${quoted(file.healthKey)}` });
  const place = text(row[0]?.Id);
  const [known] = await filesTitled(calls, file.title, place);
  if (known !== undefined) return newVersion(calls, known, file);
  const made = await firstVersion(calls, place, file);
  const [kept = made, ...others] = await filesTitled(calls, file.title, place);
  if (others.length > 0) {
    if (kept !== made) await newVersion(calls, kept, file);
    // One that is gone was removed by whoever made it.
    await calls.remove(others);
  }
  return kept;
}

/** The documents of that title at a place, lowest id first. */
async function filesTitled(calls: Calls, title: string, place: string): Promise<string[]> {
  const { links } = await calls.select({
    links: `SELECT ContentDocumentId, ContentDocument.Title FROM ContentDocumentLink WHERE LinkedEntityId IN ${list([place])}`,
  });
  const titled = links.filter((link) => textAt(link, 'ContentDocument.Title') === title);
  return titled.map((link) => text(link.ContentDocumentId)).sort();
}

async function firstVersion(calls: Calls, place: string, file: StoredFile): Promise<string> {
  const version = await calls.create('ContentVersion', { ...contentOf(file), FirstPublishLocationId: place });
  const { stored } = await calls.select({
    stored: `SELECT ContentDocumentId FROM ContentVersion WHERE Id = ${quoted(version)}`,
  });
  return text(stored[0]?.ContentDocumentId);
}

async function newVersion(calls: Calls, document: string, file: StoredFile): Promise<string> {
  const { reason } = file;
  await calls.create('ContentVersion', { ...contentOf(file), ContentDocumentId: document, ReasonForChange: reason });
  return document;
}

function contentOf({ title, name, content }: StoredFile): Record<string, unknown> {
  return { Title: title, PathOnClient: name, VersionData: Buffer.from(content).toString('base64') };
}
