import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SentimentWords, sentimentOf } from '../../src/nps/sentiment.ts';

const NONE: SentimentWords = { positive: [], negative: [] };
const OWN: SentimentWords = { positive: ['shiny'], negative: ['tiresome*', 'never calls', 'trop cher'] };

describe('a comment sounds', () => {
  it.each([
    ['I love it', 'en', 'Positive'],
    ['Terrible, a waste of time', 'en', 'Negative'],
    ['Not bad', 'en', 'Positive'],
    ['Never a problem', 'en', 'Positive'],
    ["It isn't good", 'en', 'Negative'],
    ['Not happy, but the people are great and the app is excellent', 'en', 'Positive'],
    ['Great product, terrible people', 'en', 'Neutral'],
    ['Please add exports to Excel', 'en', 'Neutral'],
    ['Your support', 'en', 'Neutral'],
    ['Slowly loading, and buggy', 'en', 'Negative'],
    ['It is not slow', 'en', 'Positive'],
    ['Support never answers', 'en', 'Negative'],
    ['I got no reply for a week', 'en', 'Negative'],
    ['A terrible mess', 'en-GB', 'Negative'],
    ['Sehr zufrieden, toller Support', 'de', 'Positive'],
    ['Leider viel zu teuer', 'de', 'Negative'],
    ['Nicht schlecht', 'de', 'Positive'],
    ['Es gibt keine Probleme', 'de-AT', 'Positive'],
    ['Leider nicht zuverlässig', 'de', 'Negative'],
    ['Die Suche funktioniert nicht', 'de', 'Negative'],
    ['Seit Tagen keine Antwort', 'de', 'Negative'],
    ['Wir brauchen einen Export', 'de', 'Neutral'],
  ])('"%s" (%s): %s', (comment, language, sentiment) => {
    expect(sentimentOf(comment, language, NONE)).toBe(sentiment);
  });

  it.each([
    ['Tiresome', 'en', 'Negative'],
    ['It is not tiresome', 'en', 'Positive'],
    ['And Dana never calls', 'en', 'Negative'],
    ['Shiny, and tiresome', 'en', 'Neutral'],
    ['C’est trop cher', 'fr', 'Negative'],
  ])('by the admin’s words "%s" (%s): %s', (comment, language, sentiment) => {
    expect(sentimentOf(comment, language, OWN)).toBe(sentiment);
  });

  it.each([
    ['', 'en'],
    [' \n', 'de'],
    ['Lent, et personne ne répond', 'fr'],
    ['Great', 'fr'],
    ['Great', ''],
  ])('like nothing anybody can tell: "%s" (%s)', (comment, language) => {
    expect(sentimentOf(comment, language, OWN)).toBeNull();
  });

  const judging = fc.constantFrom('good', 'great', 'terrible', 'bad', 'useless', 'excellent');
  const opposite = { Positive: 'Negative', Negative: 'Positive', Neutral: 'Neutral' } as const;

  it('the opposite once it is denied', () => {
    fc.assert(
      fc.property(judging, fc.constantFrom('not', 'never', "isn't"), (word, negation) => {
        const said = sentimentOf(word, 'en', NONE) ?? 'Neutral';
        expect(sentimentOf(`${negation} ${word}`, 'en', NONE)).toBe(opposite[said]);
      }),
    );
  });

  it('the same whatever the case, and said twice', () => {
    fc.assert(
      fc.property(fc.array(judging, { minLength: 1, maxLength: 5 }), (words) => {
        const comment = words.join(' ');
        const said = sentimentOf(comment, 'en', NONE);
        expect(sentimentOf(comment.toUpperCase(), 'en', NONE)).toBe(said);
        expect(sentimentOf(`${comment}. ${comment}`, 'en', NONE)).toBe(said);
      }),
    );
  });

  it('like something or nothing, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('en', 'de', 'fr', '', 'constructor'), (comment, language) => {
        expect(['Positive', 'Neutral', 'Negative', null]).toContain(sentimentOf(comment, language, OWN));
      }),
    );
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'nothing for the word %s, which is no word of a lexicon',
    (word) => {
      expect(sentimentOf(word, 'en', NONE)).toBe('Neutral');
      expect(sentimentOf(word, 'de', NONE)).toBe('Neutral');
    },
  );
});
