import { describe, expect, it } from 'vitest';
import { children, filesOf, text } from './metadata.ts';
import { fieldsOf } from './schema.ts';

const records = filesOf('md')
  .filter(({ name }) => name.startsWith('NPS_Trigger.'))
  .map((file) => {
    const values = new Map(
      children(file.root, 'values').map((value) => [text(value, 'field') ?? '', text(value, 'value') ?? ''] as const),
    );
    return { ...file, says: (field: string) => values.get(field) ?? '', fields: [...values.keys()] };
  });

const surveys = records.filter(({ says }) => says('Kind__c') === 'Survey');
const SENTENCES = ['Context_Sentence__c', 'Open_Question__c', 'Subject_A__c', 'Subject_B__c'];

/** A merge field is read as one word by the customer. */
const asRead = (copy: string) => copy.replace(/\{\{[^}]+\}\}/g, 'Name');

describe('the shipped triggers', () => {
  it('are the four moments and the renewal mail, outside the package that upgrades replace', () => {
    expect(records.map((record) => record.path)).toEqual(
      ['First_Value', 'Post_Resolution', 'Pre_Renewal', 'Renewal_Mail', 'Usage_Milestone'].map(
        (name) => `defaults/main/default/customMetadata/NPS_Trigger.${name}.md-meta.xml`,
      ),
    );
  });

  it.each(records)('$name asks nobody until an admin says so', ({ says }) => {
    expect(says('Active__c')).toBe('false');
    expect(says('Active_From__c')).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  it.each(records)('$name fills every field of its type and no other', ({ fields }) => {
    expect(fields.toSorted()).toEqual(
      fieldsOf('NPS_Trigger__mdt')
        .map((field) => field.name)
        .toSorted(),
    );
  });

  it.each(records)('$name says why we ask in one sentence of at most 20 words', ({ says }) => {
    const sentence = asRead(says('Context_Sentence__c'));
    expect(sentence).toMatch(/^[^.!?]+\.$/);
    expect(sentence.split(/\s+/).length).toBeLessThanOrEqual(20);
  });

  it.each(surveys)('$name has two subjects that fit a phone and one question', ({ says }) => {
    for (const subject of [says('Subject_A__c'), says('Subject_B__c')]) {
      expect(subject.length).toBeGreaterThan(10);
      expect(subject.length).toBeLessThanOrEqual(60);
    }
    expect(says('Open_Question__c')).toMatch(/^[^.!?]+\?$/);
  });

  it.each(records)('$name uses only merge fields that are filled in', ({ says }) => {
    const copy = [...SENTENCES, 'Accomplishments__c'].map(says).join(' ');
    const used = [...copy.matchAll(/\{\{([^}]+)\}\}/g)].map((match) => match[1]);
    expect(['account.name', 'contact.firstName', 'company']).toEqual(expect.arrayContaining([...new Set(used)]));
  });

  it('each ask their own question', () => {
    expect(new Set(surveys.map((record) => record.says('Open_Question__c'))).size).toBe(surveys.length);
  });
});

describe('the shipped texts in German', () => {
  const texts = filesOf('md')
    .filter(({ name }) => name.startsWith('NPS_Trigger_Text.'))
    .map((file) => {
      const values = children(file.root, 'values').map(
        (value) => [text(value, 'field') ?? '', text(value, 'value') ?? ''] as const,
      );
      return { ...file, ...Object.fromEntries(values) } as typeof file & Record<string, string>;
    });
  it('are there for every trigger', () => {
    expect(texts.map(({ Trigger__c, Language__c }) => [Trigger__c, Language__c])).toEqual(
      records.map(({ name }) => [name.replace('NPS_Trigger.', ''), 'de']),
    );
  });

  it.each(texts)('$name says all its trigger says, in at most 20 words and subjects that fit a phone', (german) => {
    const model = records.find(({ name }) => name === `NPS_Trigger.${german.Trigger__c}`);
    const said = [...SENTENCES, 'Accomplishments__c'].filter((field) => model?.says(field));
    expect(said.filter((field) => !german[field])).toEqual([]);
    expect(asRead(german.Context_Sentence__c ?? '').split(/\s+/).length).toBeLessThanOrEqual(20);
    expect(german.Context_Sentence__c).toMatch(/^[^!?]+\.$/);
    if (model?.says('Open_Question__c')) expect(german.Open_Question__c).toMatch(/^[^.!?]+\?$/);
    expect([german.Subject_A__c, german.Subject_B__c].filter((subject) => (subject ?? '').length > 60)).toEqual([]);
  });
});
