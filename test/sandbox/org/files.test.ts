import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Stage, stageServer } from './org-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await stageServer();
});
afterAll(() => stage[Symbol.asyncDispose]());

const base64 = (text: string) => Buffer.from(text).toString('base64');
const SERVICE = { id: 'nps-service', secret: 'its-secret' };

async function published(text: string, more: object) {
  const connection = await stage.connect();
  const version = { Title: 'Summary', PathOnClient: 'summary.pdf', VersionData: base64(text), ...more };
  const { id = '' } = await connection.sobject('ContentVersion').create(version);
  return { connection, id };
}

test('a file is published where its first version says, and a further version replaces it', async () => {
  const account = stage.org.insert('Account', { Name: 'Acme' });
  const { connection, id } = await published('one', { FirstPublishLocationId: account });
  const [link] = (
    await connection.query(
      `SELECT ContentDocumentId, ShareType, ContentDocument.Title, ContentDocument.LatestPublishedVersionId FROM ContentDocumentLink WHERE LinkedEntityId = '${account}'`,
    )
  ).records;
  expect(link).toMatchObject({ ShareType: 'I', ContentDocument: { Title: 'Summary', LatestPublishedVersionId: id } });
  const document = String(link?.ContentDocumentId);
  expect(document).toMatch(/^069/);

  const next = await published('second', { ContentDocumentId: document, Title: 'Summary, mended' });
  const versions = `SELECT VersionNumber, IsLatest, ContentSize, FileExtension, FileType FROM ContentVersion WHERE ContentDocumentId = '${document}' ORDER BY VersionNumber`;
  expect((await connection.query(versions)).records).toMatchObject([
    { VersionNumber: '1', IsLatest: false, ContentSize: 3, FileExtension: 'pdf', FileType: 'PDF' },
    { VersionNumber: '2', IsLatest: true, ContentSize: 6, FileExtension: 'pdf', FileType: 'PDF' },
  ]);
  expect(await connection.sobject('ContentDocument').retrieve(document)).toMatchObject({
    ...{ Title: 'Summary, mended', ContentSize: 6, LatestPublishedVersionId: next.id },
  });
});

test('its bytes are fetched where the record says, unchanged', async () => {
  const { connection, id } = await published('%PDF ü', {});
  const { VersionData } = await connection.sobject('ContentVersion').retrieve(id);
  expect(VersionData).toBe(`/services/data/v68.0/sobjects/ContentVersion/${id}/VersionData`);
  const response = await fetch(`${stage.url}${VersionData}`, {
    headers: { authorization: `Bearer ${connection.accessToken}` },
  });
  expect(Buffer.from(await response.arrayBuffer()).toString()).toBe('%PDF ü');
  await expect(connection.query('SELECT VersionData FROM ContentVersion')).rejects.toMatchObject({
    errorCode: 'NOT_IMPLEMENTED',
  });
});

describe('a file', () => {
  test('is seen by whoever sees a record it hangs on, and by nobody else', async () => {
    const health = stage.org.insert('NPS_Health__c', { Key__c: 'board' });
    const hidden = stage.org.insert('Case', { Subject: 'Of somebody else' });
    await published('for all', { Title: 'Open', FirstPublishLocationId: health });
    await published('for few', { Title: 'Closed', FirstPublishLocationId: hidden });
    const csm = stage.org.insert('User', { Username: 'csm@example.com', Email: 'csm@example.com', LastName: 'Csm' });
    const titles = (soql: string, user: string) =>
      stage.org
        .as(user)
        .select(soql)
        .rows.map(({ fields }) => fields.Title);
    const soql = "SELECT Title FROM ContentDocument WHERE Title IN ('Open', 'Closed')";
    // A standard user knows nothing of our objects until somebody assigns a permission set.
    expect(titles(soql, csm)).toEqual([]);
    const [set] = stage.org.query("SELECT Id FROM PermissionSet WHERE Name = 'NPS_Viewer'");
    stage.org.insert('PermissionSetAssignment', { AssigneeId: csm, PermissionSetId: String(set?.Id) });
    expect(titles(soql, csm)).toEqual(['Open']);
  });

  test('is published by the service, which needs no grant for it', async () => {
    const connection = await stage.connect(SERVICE);
    const version = { Title: 'By the service', PathOnClient: 'a.json', VersionData: base64('{}') };
    expect(await connection.sobject('ContentVersion').create(version)).toMatchObject({ success: true });
    const { records } = await connection.query(
      "SELECT Title, FileType FROM ContentVersion WHERE Title = 'By the service'",
    );
    expect(records).toMatchObject([{ FileType: 'JSON' }]);
  });

  test('needs a path and something in it', async () => {
    const connection = await stage.connect();
    await expect(connection.sobject('ContentVersion').create({ Title: 'Empty' })).rejects.toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
    });
  });

  test('goes with its document, and its links are not looked through without saying where', async () => {
    const { connection, id } = await published('gone', {});
    const { ContentDocumentId } = await connection.sobject('ContentVersion').retrieve(id);
    await connection.sobject('ContentDocument').destroy(String(ContentDocumentId));
    await expect(connection.sobject('ContentVersion').retrieve(id)).rejects.toMatchObject({
      errorCode: 'ENTITY_IS_DELETED',
    });
    await expect(connection.query('SELECT Id FROM ContentDocumentLink')).rejects.toMatchObject({
      errorCode: 'MALFORMED_QUERY',
    });
  });
});
