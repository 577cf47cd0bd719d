import { expect, test } from 'vitest';
import { readComponents } from '../../../src/sandbox/metadata/component.ts';
import { ADMIN } from '../../../src/sandbox/org/open-org.ts';
import { reportsOf } from '../../../src/sandbox/reports/reports.ts';
import { refusalOf, stageOrg } from '../org/org-stage.ts';

const PATH = 'reports/NPS_Reports/NPS_by_Month.report-meta.xml';

test.each([
  [
    'a bucket',
    '<columns>',
    '<buckets><developerName>BucketField_1</developerName></buckets><columns>',
    'NOT_IMPLEMENTED',
  ],
  ['another report type', 'NPS_Responses__c', 'LeadList', 'NOT_IMPLEMENTED'],
  ['an unknown operator', '<operator>equals', '<operator>within', 'NOT_IMPLEMENTED'],
  ['an unknown date', 'LAST_N_DAYS:365', 'LAST_FORTNIGHT', 'NOT_IMPLEMENTED'],
  ['a column that is not there', '$Score__c', '$Points__c', 'BAD_REQUEST'],
])('%s is refused loudly', (_, written, instead, errorCode) => {
  const { org } = stageOrg();
  const file = org.metadata().find(({ path }) => path === PATH);
  const text = String(file?.text).replaceAll(written, instead);
  expect(readComponents([{ path: PATH, text }]).components).toHaveLength(1);
  const reports = reportsOf({ ...org, metadata: () => org.metadataWith([{ path: PATH, text }]) });
  const report = reports.find('NPS_Reports/NPS_by_Month');
  if (!report) throw new Error('There is no such report.');
  org.insert('NPS_Response__c', {
    ...{ Account__c: org.insert('Account', { Name: 'Acme' }), Response_Key__c: 'key', Score__c: 9 },
    ...{ Verdict__c: 'Confirmed', Responded_At__c: '2026-11-01T10:00:00Z' },
  });
  const session = org.as(org.userId(ADMIN));
  expect(refusalOf(() => reports.run(report, session))).toMatchObject({ errorCode });
});
