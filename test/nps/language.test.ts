import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directionOf, languageFrom } from '../../src/nps/language.ts';

const KNOWN = ['en', 'de', 'pt-BR', 'pt'];

describe('the language somebody is written to in', () => {
  it.each([
    ['de', 'de'],
    ['de_AT', 'de'],
    ['DE-at', 'de'],
    ['en_US', 'en'],
    ['pt_BR', 'pt-BR'],
    ['pt-PT', 'pt'],
    ['German', 'de'],
    [' deutsch ', 'de'],
    ['Portuguese', 'pt'],
    ['Brazilian Portuguese', 'pt-BR'],
  ])('%j is written to in %s', (said, tag) => {
    expect(languageFrom(said, KNOWN)).toBe(tag);
  });

  it.each([null, '', '  ', 'fr', 'Klingon', 'd', '_', 'de de'])('%j is none we write', (said) => {
    expect(languageFrom(said, KNOWN)).toBeUndefined();
  });

  it('is one of those we write, whatever a field holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (said) => {
        expect([...KNOWN, undefined]).toContain(languageFrom(said, KNOWN));
      }),
    );
  });
});

describe('the way a language runs', () => {
  it.each(['ar', 'he', 'fa', 'ur', 'ar-EG', 'az-Arab'])('%s runs from right to left', (tag) => {
    expect(directionOf(tag)).toBe('rtl');
  });

  it.each(['en', 'de', 'ja', 'ru', 'az', 'pt-BR'])('%s runs from left to right', (tag) => {
    expect(directionOf(tag)).toBe('ltr');
  });
});
