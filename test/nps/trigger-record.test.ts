import { describe, expect, it } from 'vitest';
import { problemOf, recordProblems } from '../../src/nps/trigger-record.ts';
import type { TriggerTexts } from '../../src/nps/trigger-texts.ts';
import { wordCount } from '../../src/nps/words.ts';

const FRAME = 30;
const mailWords = ({ contextSentence, accomplishments }: TriggerTexts) =>
  FRAME + wordCount(`${contextSentence} ${accomplishments}`);
const sound = {
  ...{
    kind: 'Survey' as const,
    accomplishments: '',
    priority: 10,
    minimumGapDays: 90,
    minimumAccountAgeDays: 30,
    waitDays: 0,
  },
  ...{ contextSentence: 'Hello {{contact.firstName}}.', openQuestion: 'Why did you choose {{company}}?' },
  ...{ subject: 'For {{account.name}}', secondSubject: '', language: 'en', translations: [] },
};

describe('a trigger record', () => {
  it('may be sound', () => {
    expect(recordProblems(sound, mailWords)).toEqual([]);
    expect(problemOf('Pre_Renewal', [])).toBeNull();
  });

  it.each([
    [{ priority: 0 }, 'Priority__c is 0'],
    [{ priority: 1000 }, 'Priority__c is 1000'],
    [{ priority: 1.5 }, 'Priority__c is 1.5'],
    [{ minimumGapDays: 89 }, 'Minimum_Gap_Days__c is 89'],
    [{ minimumAccountAgeDays: -1 }, 'Minimum_Account_Age_Days__c is -1'],
    [{ waitDays: -7 }, 'Wait_Days__c is -7'],
    [{ contextSentence: ' ' }, 'Context_Sentence__c is empty'],
    [{ openQuestion: '' }, 'Open_Question__c is empty'],
    [{ subject: '' }, 'Subject_A__c is empty'],
    [{ contextSentence: 'For {{account.industry}}.' }, 'Context_Sentence__c says {{account.industry}}'],
    [{ openQuestion: 'Why, {{contact.name}}?' }, 'Open_Question__c says {{contact.name}}'],
    [{ subject: 'For {{account.name}' }, 'Subject_A__c says {{'],
    [{ secondSubject: 'For {{you}}' }, 'Subject_B__c says {{you}}'],
    [{ language: 'english' }, 'Language__c says "english"'],
  ])('with %o is told so by the field', (facts, sentence) => {
    expect(recordProblems({ ...sound, ...facts }, mailWords)).toEqual([expect.stringContaining(sentence)]);
  });

  it.each([
    [49, []],
    [50, ['Context_Sentence__c makes the mail 80 words long; it must stay under 80, so shorten it by 1']],
    [59, ['Context_Sentence__c makes the mail 89 words long; it must stay under 80, so shorten it by 10']],
  ])('with a sentence of %i words in a mail of 30 besides', (words, problems) => {
    const contextSentence = `${'word '.repeat(words - 1)}end.`;
    expect(recordProblems({ ...sound, contextSentence }, mailWords)).toEqual(problems);
  });

  describe('with texts in other languages', () => {
    const empty = { contextSentence: '', openQuestion: '', accomplishments: '', subject: '', secondSubject: '' };
    const german = { ...empty, language: 'de' };

    it.each([
      [{}, []],
      [{ subject: 'Für {{konto}}' }, ['in its text in de, Subject_A__c says {{konto}}']],
      [{ openQuestion: 'Warum, {{contact.name}}?' }, ['in its text in de, Open_Question__c says {{contact.name}}']],
      [{ language: 'German' }, ['in its text in German, Language__c says "German"']],
      [
        { contextSentence: 'Wort '.repeat(50) },
        ['in its text in de, Context_Sentence__c makes the mail 80 words long'],
      ],
    ])('of which one says %o', (facts, problems) => {
      const found = recordProblems({ ...sound, translations: [{ ...german, ...facts }] }, mailWords);
      expect(found).toEqual(problems.map((problem) => expect.stringContaining(problem)));
    });
  });

  describe('of a renewal mail', () => {
    const renewal = { ...sound, kind: 'Renewal Mail' as const, openQuestion: '', accomplishments: 'You did it.' };

    it.each([
      [{}, []],
      [{ accomplishments: '' }, ['Accomplishments__c is empty']],
      [{ accomplishments: 'You saved {{hours}}.' }, ['Accomplishments__c says {{hours}}']],
      [{ secondSubject: 'Another' }, ['Subject_B__c must be empty']],
      [
        { accomplishments: 'word '.repeat(50) },
        [
          'Context_Sentence__c and Accomplishments__c make the mail 82 words long; it must stay under 80, so shorten them',
        ],
      ],
      [
        { translations: [{ ...renewal, language: 'de', contextSentence: '', accomplishments: 'Wort '.repeat(50) }] },
        ['in its text in de, Context_Sentence__c and Accomplishments__c make the mail 82 words long'],
      ],
    ])('with %o', (facts, problems) => {
      const found = recordProblems({ ...renewal, ...facts }, mailWords);
      expect(found).toEqual(problems.map((problem) => expect.stringContaining(problem)));
    });
  });

  it('tells everything at once, in a sentence that names the record', () => {
    const problems = recordProblems({ ...sound, priority: 0, subject: '' }, mailWords);
    expect(problemOf('Pre_Renewal', problems)).toMatch(
      /^The NPS Trigger record Pre_Renewal cannot be used: Priority__c .*; Subject_A__c is empty\.$/,
    );
  });
});
