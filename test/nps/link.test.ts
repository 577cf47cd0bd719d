import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASKS } from '../../src/nps/advocacy.ts';
import { linkKeys, type SurveyLink } from '../../src/nps/link.ts';
import { SCORES } from '../../src/nps/score.ts';

const SECRET = 'a secret of the first season, long enough';
const TODAY = 20_779;
const keys = linkKeys([SECRET]);
const link: SurveyLink = {
  surveyKey: 'ab'.repeat(32),
  accountId: '001D000000IqhSLIAZ',
  trigger: 'Pre_Renewal',
  language: 'pt-BR',
  choice: 7,
  issuedOn: TODAY,
};
const choices: SurveyLink['choice'][] = [
  ...SCORES,
  'unsubscribe',
  ...ASKS.map((ask) => ({ ask })),
  { choice: 'Faster_Support' },
  { choice: 'u' },
  { choice: '9' },
];

describe('a link', () => {
  it.each(choices)('for %j says again what was signed', (choice) => {
    expect(keys.read(keys.sign({ ...link, choice }), TODAY)).toEqual({ link: { ...link, choice } });
  });

  it('needs no encoding in a URL and holds no personal data', () => {
    expect(keys.sign(link)).toMatch(/^[\w.-]+$/);
  });

  it('is refused after the change of any single character', () => {
    const token = keys.sign(link);
    const character = fc.constantFrom(...'0123456789abcdefABCXYZxyzu._-~%/ \n');
    fc.assert(
      fc.property(fc.nat(token.length - 1), character, (place, replacement) => {
        fc.pre(token[place] !== replacement);
        const changed = token.slice(0, place) + replacement + token.slice(place + 1);
        expect(keys.read(changed, TODAY)).toHaveProperty('problem');
      }),
      { numRuns: 2_000 },
    );
  });

  it('is refused when a character is missing or added', () => {
    const token = keys.sign(link);
    for (let place = 0; place <= token.length; place += 1) {
      expect(keys.read(`${token.slice(0, place)}0${token.slice(place)}`, TODAY)).toHaveProperty('problem');
      if (place < token.length) {
        expect(keys.read(token.slice(0, place) + token.slice(place + 1), TODAY)).toHaveProperty('problem');
      }
    }
  });

  it('says tampered when only its score was changed', () => {
    const changed = keys.sign(link).replace('.7.', '.10.');
    expect(keys.read(changed, TODAY)).toEqual({ problem: 'tampered' });
  });

  it('with letters of any alphabet in its signature is refused, not a failure', () => {
    const token = keys.sign(link);
    for (const letter of ['é', 'я', '字', '😀']) {
      expect(keys.read(token.slice(0, -letter.length) + letter, TODAY)).toEqual({ problem: 'tampered' });
    }
  });

  it('of another score cannot lend its signature', () => {
    const signature = keys
      .sign({ ...link, choice: 10 })
      .split('.')
      .at(-1);
    const borrowed = keys
      .sign(link)
      .split('.')
      .with(-1, signature ?? '')
      .join('.');
    expect(keys.read(borrowed, TODAY)).toEqual({ problem: 'tampered' });
  });

  it.each([
    [0, 'link'],
    [90, 'link'],
    [91, 'problem'],
  ])('%i days old gives a %s', (age, outcome) => {
    expect(keys.read(keys.sign(link), TODAY + age)).toHaveProperty(outcome);
  });

  it('says expired when it is too old', () => {
    expect(keys.read(keys.sign(link), TODAY + 91)).toEqual({ problem: 'expired' });
  });

  it('that was signed before there were asks and choices still reads', () => {
    const old = `1.bf81c041.${link.surveyKey}.001D000000IqhSLIAZ.Pre_Renewal.pt-BR.20779.7.1e0a9949954e02ebc90518b494fe3992`;
    expect(keys.read(old, TODAY)).toEqual({ link });
  });

  it('to unsubscribe never expires', () => {
    const forever = keys.sign({ ...link, choice: 'unsubscribe' });
    expect(keys.read(forever, TODAY + 36_500)).toHaveProperty('link.choice', 'unsubscribe');
  });

  it('that is garbage is a problem and never throws', () => {
    const pieces = fc.oneof(fc.string(), fc.constantFrom(...keys.sign(link).split('.')));
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        fc.pre(parts.join('.') !== keys.sign(link));
        expect(keys.read(parts.join('.'), TODAY)).toHaveProperty('problem');
      }),
    );
  });
});

describe('secrets', () => {
  it('can be replaced while mails are out', () => {
    const old = keys.sign(link);
    const rotated = linkKeys(['a secret of the second season, long enough', SECRET]);
    expect(rotated.read(old, TODAY)).toEqual({ link });
    expect(rotated.sign(link)).not.toBe(old);
    expect(rotated.read(rotated.sign(link), TODAY)).toEqual({ link });
  });

  it('that were taken away take their links along', () => {
    const replaced = linkKeys(['a secret of the second season, long enough']);
    expect(replaced.read(keys.sign(link), TODAY)).toEqual({ problem: 'unknown' });
  });
});
