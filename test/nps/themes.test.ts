import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { themeFrom, themesOf } from '../../src/nps/themes.ts';

const THEMES = [
  { name: 'Support', phrases: ['ticket*', 'nobody calls'] },
  { name: 'Documentation', phrases: ['docs', 'documentation'] },
];

describe('the themes of a comment', () => {
  it.each([
    ['Tickets stay open', 'Support'],
    ['There is no documentation', 'Documentation'],
    ['No docs, and nobody calls back', 'Support; Documentation'],
    ['Fine', null],
    ['', null],
  ])('"%s": %s', (comment, themes) => {
    expect(themesOf(comment, THEMES)).toBe(themes);
  });

  it('fit the field, and none is cut in two', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[A-Za-z ]{1,120}$/), { maxLength: 6 }), (names) => {
        const themes = themesOf(
          'word',
          names.map((name) => ({ name, phrases: ['word'] })),
        );
        expect(themes?.length ?? 0).toBeLessThanOrEqual(255);
        for (const name of themes?.split('; ') ?? []) expect(names).toContain(name);
      }),
    );
  });
});

describe('a line of the settings', () => {
  it('is a theme with its words', () => {
    expect(themeFrom('Support: ticket*, nobody calls , ')).toEqual(THEMES[0]);
  });

  it.each(['Support', 'Support:', ': ticket*', 'Support: , ,'])('"%s" is none', (line) => {
    expect(themeFrom(line)).toBeUndefined();
  });
});
