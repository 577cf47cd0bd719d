import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wordCount } from '../../src/nps/words.ts';

it.each([
  ['', 0],
  ['Hi Dana,', 2],
  ['0 = not likely, 10 = very likely', 4],
  ['3: https://nps.example/a/abc\n4: http://nps.example/b', 0],
  ['Unsubscribe from surveys: https://nps.example/u/abc', 3],
  ["O'Neill & Söhne – 24/7", 2],
  ['Ω 東京 42nd', 3],
])('%j has %i words', (text, words) => {
  expect(wordCount(text)).toBe(words);
});

it('counts two texts apart like one text with a line between', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(wordCount(`${one}\n${other}`)).toBe(wordCount(one) + wordCount(other));
    }),
  );
});
