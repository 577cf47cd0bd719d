import { describe, expect, it } from 'vitest';
import { checkMetadata } from '../../../src/sandbox/metadata/check-metadata.ts';
import type { MetadataFile } from '../../../src/sandbox/metadata/component.ts';
import { RULES } from '../../../src/sandbox/metadata/rules.ts';
import { BROKEN, type Broken } from './broken.ts';
import { GOOD, SERVICE } from './fixture.ts';

const named = (end: string): MetadataFile => {
  const found = GOOD.filter(({ path }) => path.endsWith(`/${end}`));
  const [file] = found;
  if (!file) throw new Error(`No fixture ends in ${end}.`);
  return file;
};

const lineOf = (text: string, at: string) => text.slice(0, text.indexOf(at)).split('\n').length;

function broken({ file, was, becomes, at, told }: Broken) {
  const whole = named(file);
  if (!whole.text.includes(was)) throw new Error(`${file} has no ${was}.`);
  const text = whole.text.replace(was, () => becomes);
  const files = GOOD.map((each) => (each === whole ? { path: whole.path, text } : each));
  const place = told ? named(told) : { path: whole.path, text };
  const line = at === undefined ? lineOf(whole.text, was) : lineOf(place.text, at);
  return { files, file: place.path, line };
}

describe('metadata with nothing wrong', () => {
  it('has no findings, whatever the kind', () => {
    expect(checkMetadata(GOOD, SERVICE)).toEqual([]);
  });

  it('is of every kind a rule is about', () => {
    const kinds = new Set(GOOD.map(({ path }) => /\.([A-Za-z]+)(-meta\.xml)?$/.exec(path)?.[1]));
    expect(kinds.size).toBeGreaterThan(20);
  });
});

describe('a fault', () => {
  it.each(BROKEN)('$rule: $what', (fault) => {
    const { files, file, line } = broken(fault);
    const found = checkMetadata(files, SERVICE).map(({ rule, file, line }) => ({ rule, file, line }));
    expect(found).toContainEqual({ rule: fault.rule, file, line });
  });

  it('standard-untouched: a list view of a standard object', () => {
    const list = named('Bad.listView-meta.xml');
    const path = 'objects/Account/listViews/Bad.listView-meta.xml';
    const text = list.text.replaceAll('Score__c', 'ACCOUNT.NAME').replaceAll('Kind__c', 'ACCOUNT.TYPE');
    const found = checkMetadata([...GOOD, { path, text }], SERVICE);
    expect(found.map(({ rule, file, line }) => ({ rule, file, line }))).toEqual([
      { rule: 'standard-untouched', file: path, line: 2 },
    ]);
  });

  it.each([
    ['another ending', 'tabs/NPS_Answer__c.tabs-meta.xml', 1],
    ['another folder', 'tab/NPS_Answer__c.tab-meta.xml', 1],
    ['the name of another kind', 'applications/NPS_Other.app-meta.xml', 2],
  ])('known-file: %s', (_, path, line) => {
    const { text } = named('NPS_Answer__c.tab-meta.xml');
    const found = checkMetadata([...GOOD, { path, text }], SERVICE);
    expect(found.map(({ rule, file, line }) => ({ rule, file, line }))).toContainEqual({
      rule: 'known-file',
      file: path,
      line,
    });
  });

  it.each([
    ['SELECT Id FROM NPS_Reply__c', 'There is no object NPS_Reply__c.'],
    ['SELECT Points__c FROM NPS_Answer__c', 'NPS_Answer__c has no Points__c.'],
    ['SELECT Account__r.Points__c FROM NPS_Answer__c', 'NPS_Answer__c has no Account__r.Points__c.'],
    ['SELECT Id FROM NPS_Answer__c WHERE Points__c = 1', 'NPS_Answer__c has no Points__c.'],
    ['SELECT Id FROM Account WHERE Id IN (SELECT Points__c FROM NPS_Answer__c)', 'NPS_Answer__c has no Points__c.'],
    ['SELECT Id FROM Account ORDER BY Points__c', 'Account has no Points__c.'],
    ['SELECT Id FROM Account WHERE', 'It cannot be parsed'],
  ])('service-query: %s', (soql, message) => {
    const queries = [{ permissionSet: 'NPS_Service', file: 'service.ts', soql }];
    const found = checkMetadata(GOOD, { ...SERVICE, queries }).filter(({ rule }) => rule === 'service-query');
    expect(found.map((each) => each.message)).toEqual([expect.stringContaining(message)]);
  });

  it('is told by every rule there is', () => {
    const tested = new Set([...BROKEN.map(({ rule }) => rule), 'standard-untouched', 'service-query', 'known-file']);
    expect(RULES.map(({ name }) => name).filter((name) => !tested.has(name))).toEqual([]);
  });
});
