import { type Row, tested } from './row.ts';

/** What an org reports, as `conn.analytics` of jsforce asks for it. */
export const REPORTS: Record<string, Row[]> = {
  Reports: [
    {
      what: 'List of reports',
      support: 'partly',
      note: 'all of them, not the 200 somebody looked at last; reports are no rows for SOQL',
      probe: { method: 'GET', path: '/analytics/reports', answers: 200 },
    },
    tested(
      'Running a report at once, tabular, summary and matrix',
      'reports/definitions.test.ts',
      'is won / closed of the renewals, by the segment at close',
      'filters and their logic, groupings by period, summaries and summary formulas; a percentage is a fraction in `value`; no rows are left out beyond 2,000',
    ),
    tested(
      'Custom report types',
      'reports/definitions.test.ts',
      'by trigger, CSM, industry and revenue band',
      'of one object and what it looks up; joins are refused with 501. Of standard report types Opportunity is known',
    ),
    tested(
      'What is not known in a report',
      'reports/refused.test.ts',
      '%s is refused loudly',
      'buckets, cross filters, joined blocks, other periods than those of a filter: 501',
    ),
  ],
};
