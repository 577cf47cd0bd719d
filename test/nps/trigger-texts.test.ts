import { describe, expect, it } from 'vitest';
import { sentenceIn, subjectsIn } from '../../src/nps/trigger-texts.ts';

const own = {
  ...{ language: 'en', contextSentence: 'Hello.', openQuestion: 'Why?', accomplishments: 'Much.' },
  ...{ subject: 'A', secondSubject: 'B' },
};
const german = {
  ...{ language: 'de', contextSentence: 'Hallo.', openQuestion: '', accomplishments: '' },
  ...{ subject: 'Betreff', secondSubject: '' },
};
const french = {
  ...{ language: 'fr', contextSentence: '', openQuestion: 'Pourquoi ?', accomplishments: 'Beaucoup.' },
  ...{ subject: '', secondSubject: 'Deux' },
};
const texts = { ...own, translations: [german, french] };

describe('what a trigger says', () => {
  it.each([
    ['contextSentence', 'de', { text: 'Hallo.', language: 'de' }],
    ['contextSentence', 'de-AT', { text: 'Hallo.', language: 'de' }],
    ['contextSentence', 'fr', { text: 'Hello.', language: 'en' }],
    ['contextSentence', 'en', { text: 'Hello.', language: 'en' }],
    ['openQuestion', 'fr', { text: 'Pourquoi ?', language: 'fr' }],
    ['openQuestion', 'de', { text: 'Why?', language: 'en' }],
    ['openQuestion', 'it', { text: 'Why?', language: 'en' }],
    ['accomplishments', 'fr', { text: 'Beaucoup.', language: 'fr' }],
    ['accomplishments', 'de', { text: 'Much.', language: 'en' }],
  ] as const)('as its %s in %s is %o', (name, language, sentence) => {
    expect(sentenceIn(texts, name, language)).toEqual(sentence);
  });

  it.each([
    ['de', ['Betreff', '']],
    ['fr', ['A', 'B']],
    ['en', ['A', 'B']],
  ])('as its two subjects in %s is of one language', (language, subjects) => {
    const { subject, secondSubject } = subjectsIn(texts, language);
    expect([subject, secondSubject]).toEqual(subjects);
  });
});
