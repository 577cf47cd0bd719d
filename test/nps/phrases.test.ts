import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saidPhrase } from '../../src/nps/phrases.ts';

const PHRASES = ['switch*', 'cancel*', 'leave you', "won't renew", 'kündig*', 'wechsel*'];

describe('a phrase', () => {
  it.each([
    ['We are considering switching.', 'switch*'],
    ['CANCELLED it yesterday', 'cancel*'],
    ['Good, but we may leave you for a cheaper one', 'leave you'],
    ['We won’t renew', "won't renew"],
    ["We won't renew", "won't renew"],
    ['We are not happy, so we will switch', 'switch*'],
    ['Support is no good and the exports fail: we will cancel', 'cancel*'],
    ['No. We switch.', 'switch*'],
    ['Wir kündigen, wenn sich nichts ändert', 'kündig*'],
    ['Es läuft nicht, wir wechseln', 'wechsel*'],
    ['Wir wechseln, denn es läuft nicht', 'wechsel*'],
    ['We do not use the exports and one day all of us will switch', 'switch*'],
  ])('is found in "%s"', (comment, phrase) => {
    expect(saidPhrase(comment, PHRASES)).toBe(phrase);
  });

  it.each([
    'We will not cancel',
    "We wouldn't ever switch",
    'We wouldn’t switch',
    'There are no plans to switch',
    'never thought of cancelling',
    'The kitchen is great',
    'People leave early; you stay',
    'A cancer charity',
    'Wir kündigen nicht',
    'Keine Pläne zu wechseln',
    '',
  ])('is not found in "%s"', (comment) => {
    expect(saidPhrase(comment, PHRASES)).toBeUndefined();
  });

  it('without a star is the whole word', () => {
    expect(saidPhrase('switching', ['switch'])).toBeUndefined();
    expect(saidPhrase('we switch today', ['switch'])).toBe('switch');
  });

  it('that holds no word finds nothing', () => {
    expect(saidPhrase('anything at all', ['', ' … ', '*'])).toBeUndefined();
  });

  it('of letters beyond English is found, too', () => {
    expect(saidPhrase('Wir möchten KÜNDIGEN', ['kündig*'])).toBe('kündig*');
  });

  const word = fc.stringMatching(/^[a-z]{1,8}$/).filter((text) => !['but', 'so', 'not', 'no', 'nor'].includes(text));
  const plain = fc.array(
    word.filter(
      (text) => !['however', 'although', 'because', 'never', 'without', 'neither', 'hardly', 'cannot'].includes(text),
    ),
    { minLength: 1, maxLength: 8 },
  );

  it('is found wherever it stands in words that deny nothing', () => {
    fc.assert(
      fc.property(plain, plain, plain, (before, said, after) => {
        const phrase = said.join(' ');
        expect(saidPhrase([...before, ...said, ...after].join(' '), [phrase])).toBe(phrase);
      }),
    );
  });

  it('right after a negation is not found, unless it is said again', () => {
    fc.assert(
      fc.property(fc.constantFrom('not', 'never', "don't", 'no'), word, (negation, said) => {
        expect(saidPhrase(`we ${negation} ${said}`, [said])).toBeUndefined();
        expect(saidPhrase(`we ${negation} ${said}. Yes, ${said}`, [said])).toBe(said);
      }),
    );
  });

  it('never fails, whatever is written', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (comment, phrases) => {
        const said = saidPhrase(comment, phrases);
        expect(said === undefined || phrases.includes(said)).toBe(true);
      }),
    );
  });
});
