import type { StoredFile } from '../loop/ports.ts';
import type { Calls } from './calls.ts';
import { text, textAt } from './rows.ts';
import { list, quoted } from './soql.ts';

/**
 * Publishes a file on the row of NPS Health with that key, where everybody finds it who may see the programme. A file of
 * the same title there gets a new version instead; the answer is the id of its ContentDocument.
 *
 * @throws SalesforceError when Salesforce refuses it
 */
export async function storeFile(
  calls: Calls,
  { healthKey, title, name, content, reason }: StoredFile,
): Promise<string> {
  const { row } = await calls.select({ row: `SELECT Id FROM NPS_Health__c WHERE Key__c = ${quoted(healthKey)}` });
  const place = text(row[0]?.Id);
  const { links } = await calls.select({
    links: `SELECT ContentDocumentId, ContentDocument.Title FROM ContentDocumentLink WHERE LinkedEntityId IN ${list([place])}`,
  });
  const known = links.find((link) => textAt(link, 'ContentDocument.Title') === title);
  const version = await calls.create('ContentVersion', {
    ...{ Title: title, PathOnClient: name, VersionData: Buffer.from(content).toString('base64') },
    ...(known
      ? { ContentDocumentId: text(known.ContentDocumentId), ReasonForChange: reason }
      : { FirstPublishLocationId: place }),
  });
  if (known) return text(known.ContentDocumentId);
  const { stored } = await calls.select({
    stored: `SELECT ContentDocumentId FROM ContentVersion WHERE Id = ${quoted(version)}`,
  });
  return text(stored[0]?.ContentDocumentId);
}
