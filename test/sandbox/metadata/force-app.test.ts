import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectFiles } from '../../../scripts/metadata/project-files.ts';
import { rulesPage } from '../../../scripts/metadata/rules-page.ts';
import { serviceDemands } from '../../../scripts/metadata/service-demands.ts';
import { MUTATIONS, tried } from '../../../scripts/mutations.ts';
import { checkMetadata } from '../../../src/sandbox/metadata/check-metadata.ts';
import { processorTime } from '../../support/processor-time.ts';

const files = projectFiles();
const service = await serviceDemands();

describe('the metadata that is shipped', () => {
  it('has no findings, in less than five seconds', async () => {
    const took = await processorTime(() => expect(checkMetadata(files, service)).toEqual([]));
    expect(took).toBeLessThan(5000);
  });

  it('is read whole', () => {
    expect(files.filter(({ path }) => path.endsWith('-meta.xml')).length).toBeGreaterThan(75);
  });
});

describe('a planted fault', () => {
  it.each(MUTATIONS)('is caught where it is: $rule, $name', (mutation) => {
    const { caught, found, planted } = tried(mutation, files, service);
    expect(caught, `${planted}, but found ${JSON.stringify(found, null, 2)}`).toBe(true);
  });

  it('is one of forty, each different', () => {
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(40);
  });
});

describe('what the service asks of an org', () => {
  const asked = service.queries.map(({ soql }) => soql);

  it('is every query in its source', () => {
    const sources = ['accounts', 'answers', 'contacts', 'dates-back', 'receipts', 'retention', 'setup', 'surveys'].map(
      (name) => readFileSync(new URL(`../../../src/salesforce/${name}.ts`, import.meta.url), 'utf8'),
    );
    const written = sources.flatMap((text) => [...text.matchAll(/\bFROM (\w+)( WHERE \w+)?/g)]);
    expect(written.length).toBeGreaterThan(10);
    const unasked = written
      .map(([words]) => words)
      .filter((words) => !words.includes('AccountTeamMember') && !asked.some((soql) => soql.includes(words)));
    expect(unasked).toEqual([]);
  });

  it('is written to nine objects', () => {
    const written = service.demands.filter(({ access }) => access !== 'read').map(({ object }) => object);
    expect([...new Set(written)].toSorted()).toEqual([
      'Account',
      'Contact',
      'ContentVersion',
      'NPS_Health__c',
      'NPS_Metric__c',
      'NPS_Response__c',
      'NPS_Survey__c',
      'Opportunity',
      'Task',
    ]);
  });

  it.each([
    ['EditTask', '<name>EditTask</name>', '<name>EditEvent</name>'],
    [
      'the custom metadata type',
      '<enabled>true</enabled>\n        <name>NPS_Trigger__mdt',
      '<enabled>false</enabled>\n        <name>NPS_Trigger__mdt',
    ],
    ['the events', '<object>NPS_Lifecycle__e', '<object>NPS_Other__e'],
    ['all rows', '<modifyAllRecords>true', '<modifyAllRecords>false'],
  ])('cannot be done without %s', (_, was, becomes) => {
    const faulty = files.map((file) =>
      file.path.includes('NPS_Integration') ? { path: file.path, text: file.text.replace(was, becomes) } : file,
    );
    const found = checkMetadata(faulty, service).filter(({ rule }) => rule === 'service-access');
    expect(found).toHaveLength(1);
  });
});

describe('the page about the rules', () => {
  it('is made from them', () => {
    expect(readFileSync('docs/metadata-checks.md', 'utf8')).toBe(rulesPage());
  });
});
