import { absent, answered, type Row, refused, tested } from './row.ts';

/** Queries, rows and the rules rows are kept by. */
export const RECORDS: Record<string, Row[]> = {
  Queries: [
    answered('Parents, five levels up', 'SELECT Account.Owner.Profile.Name FROM Contact'),
    answered('Subqueries for children', 'SELECT Id, (SELECT LastName FROM Contacts) FROM Account'),
    answered('Semi-joins and anti-joins', 'SELECT Id FROM Account WHERE Id NOT IN (SELECT AccountId FROM Contact)'),
    answered(
      'Aggregates with GROUP BY, HAVING and aliases',
      'SELECT Industry, COUNT(Id) n, MAX(Name) FROM Account GROUP BY Industry HAVING COUNT(Id) > 0',
      'no functions in GROUP BY, no ROLLUP or CUBE',
    ),
    answered('ORDER BY with NULLS, LIMIT, OFFSET', 'SELECT Id FROM Account ORDER BY Name NULLS LAST LIMIT 1 OFFSET 1'),
    answered(
      'Date literals',
      'SELECT Id FROM Account WHERE CreatedDate = LAST_N_DAYS:30',
      'days begin at midnight UTC; no fiscal years',
    ),
    {
      what: 'AND and OR side by side need parentheses',
      support: 'yes',
      probe: {
        query: "SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'",
        answers: 'MALFORMED_QUERY',
      },
    },
    tested(
      'Pages of 2,000 rows with locators',
      'org/soql.test.ts',
      'jsforce pages through more than 2,000 rows, each with its attributes',
    ),
    tested(
      'queryAll and IsDeleted',
      'org/rules.test.ts',
      'queryAll also finds what was deleted, query does not',
      'nothing is undeleted, the bin is never emptied',
    ),
    refused('FIELDS()', 'SELECT FIELDS(ALL) FROM Account LIMIT 200'),
    refused('TYPEOF', 'SELECT TYPEOF What WHEN Account THEN Name END FROM Task'),
    refused('FOR UPDATE, FOR VIEW', 'SELECT Id FROM Account FOR UPDATE'),
    refused('USING SCOPE', 'SELECT Id FROM Account USING SCOPE mine'),
    refused('Functions in WHERE', 'SELECT Id FROM Account WHERE CALENDAR_YEAR(CreatedDate) = 2026'),
    absent('SOSL', '/search?q=FIND'),
  ],
  Rows: [
    tested(
      'Create, read, change, delete by jsforce',
      'org/jsforce-crud.test.ts',
      'is created, read with its attributes, changed by its reference and by options headers, and gone',
    ),
    tested(
      'Collections of 200 rows, all or none',
      'org/composite.test.ts',
      'collections answer row by row, or undo all with allOrNone',
    ),
    tested(
      'Upsert by external id',
      'org/jsforce-crud.test.ts',
      'inserts, then updates, then cannot choose between two rows and lists their addresses',
    ),
    tested('updateOnly', 'org/rules.test.ts', 'an upsert that may only update refuses an unknown key'),
    tested('composite, with references', 'org/composite.test.ts', 'a composite request passes values of a query on'),
    tested('composite/graph and its limits', 'org/composite.test.ts', 'after 15 failed graphs the rest is not tried'),
    {
      what: 'Unknown rows and objects',
      support: 'yes',
      probe: { method: 'GET', path: '/sobjects/Account/001000000000001', answers: 'NOT_FOUND' },
    },
    tested(
      'Files: versions, where they hang, who sees them',
      'org/files.test.ts',
      'a file is published where its first version says, and a further version replaces it',
      'no libraries, no public links; a query cannot select VersionData',
    ),
    absent('composite/batch and composite/tree', '/composite/batch'),
    absent('Bulk API', '/jobs/ingest'),
    absent('UI API', '/ui-api/records'),
  ],
  Rules: [
    tested('Required, unique, restricted, too long, wrong type', 'org/errors.test.ts', '$what'),
    tested(
      'Formula fields',
      'org/rules.test.ts',
      'a formula field is worked out whenever it is read, also from a parent, and nobody writes it',
      'as far as formulon knows the functions; a blank number is a blank, not zero',
    ),
    tested('$User in formulas', 'org/rules.test.ts', 'a formula may ask who reads the row'),
    tested(
      'Validation rules',
      'org/rules.test.ts',
      'a validation rule refuses what it speaks of, at its field, and nothing else',
      'the first rule that is met is told, not all',
    ),
    tested(
      'Defaults that are formulas',
      'org/rules.test.ts',
      'a default that is a formula is worked out for the new row',
    ),
    tested(
      'Deleting: cascade, set null, restrict',
      'org/rules.test.ts',
      'a parent that is needed cannot be deleted; one that is not is only let go',
    ),
    tested(
      'Fields Salesforce works out by itself',
      'org/rows.test.ts',
      'Salesforce works out what it works out: names, end dates, states, the account of a task',
      'those of the standard fields in use',
    ),
    tested(
      'Record locks',
      'org/rules.test.ts',
      'a row that somebody holds keeps out writes to it and to what is below it',
      'as ordered at /faults: requests are answered one after another',
    ),
    answered(
      'Mails on record',
      "SELECT RelationId, EmailMessage.MessageDate FROM EmailMessageRelation WHERE RelationType = 'ToAddress'",
      'the fields that tell who wrote when; seen with the record or the task they are about',
    ),
    tested('Custom metadata', 'org/events.test.ts', 'custom metadata is read like rows, but only a deploy changes it'),
    {
      what: 'Roll-up summaries, record types, duplicate rules, Apex',
      support: 'no',
      note: 'no metadata of ours uses them',
      probe: { query: 'SELECT RecordTypeId FROM Account', answers: 'INVALID_FIELD' },
    },
  ],
};
