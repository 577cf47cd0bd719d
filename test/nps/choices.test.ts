import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Choice, type Chosen, choiceProblems, lastChosen, offered, offerProblem } from '../../src/nps/choices.ts';
import { offerFor } from '../../src/nps/offerings.ts';
import { type Spoken, sayIn, spokenFrom } from '../../src/nps/spoken.ts';

const said = (...lines: string[]): Spoken => {
  const spoken = spokenFrom(lines.join('\n'), 'en');
  if (!spoken) throw new Error('Nothing is said.');
  return spoken;
};
const choice = (facts: Partial<Choice> = {}): Choice => ({
  ...{ name: 'Speed', active: true, order: 1, status: 'Considered', label: said('Faster support') },
  ...{ followUp: null, url: null },
  ...facts,
});

describe('what is said in several languages', () => {
  const label = said('Faster support', 'de: Schnellerer Support', 'pt-BR:  Suporte melhor ');

  it.each([
    ['en', 'Faster support', 'en'],
    ['de', 'Schnellerer Support', 'de'],
    ['de-AT', 'Schnellerer Support', 'de'],
    ['pt-BR', 'Suporte melhor', 'pt-BR'],
    ['fr', 'Faster support', 'en'],
  ])('is said to somebody of %s as "%s"', (language, text, spoken) => {
    expect(sayIn(label, language)).toEqual({ text, language: spoken });
  });

  it.each([
    ['PS: we listen', 'PS: we listen'],
    ['Our plan: a better import', 'Our plan: a better import'],
    ['https://acme.example', 'https://acme.example'],
  ])('does not take the beginning of "%s" for a language', (line, text) => {
    expect(sayIn(said(line), 'en')).toEqual({ text, language: 'en' });
  });

  it('is nothing where nothing is written', () => {
    expect(spokenFrom(' \n ', 'en')).toBeNull();
  });
});

describe('the choices', () => {
  it('that are active are offered in their order', () => {
    const all = [
      choice({ name: 'C', order: 3 }),
      choice({ name: 'A' }),
      choice({ name: 'B', active: false, order: 2 }),
    ];
    expect(offered(all).map(({ name }) => name)).toEqual(['A', 'C']);
  });

  it.each([
    [0, false],
    [1, false],
    [2, true],
    [5, true],
    [6, false],
  ])('can be offered when %i are active: %s', (count, fine) => {
    const all = Array.from({ length: count }, (_, place) => choice({ name: `Choice ${place}`, order: place + 1 }));
    expect(offerProblem([...all, choice({ active: false })]) === null).toBe(fine);
  });

  it.each([
    [
      { label: said('A much faster support team') },
      'Label__c says "A much faster support team", but must have 4 words',
    ],
    [{ followUp: said('word '.repeat(21)) }, 'Follow_Up__c says'],
    [{ followUp: said('For {{account.revenue}}') }, 'Follow_Up__c has {{account.revenue}}, which is no merge field'],
  ])('are refused with %j', (facts, problem) => {
    expect(choiceProblems(choice(facts)).join()).toContain(problem);
  });

  it('that was made last stands, in whatever order choices are told', () => {
    const made = fc.uniqueArray(fc.integer({ min: 0, max: 1_000 }), { minLength: 1 });
    const twoOrders = made.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    const stands = (seconds: readonly number[]) =>
      seconds
        .map((second): Chosen => ({ choice: `c${second}`, at: new Date(second) }))
        .reduce<Chosen | null>((before, next) => lastChosen(before, next), null);
    fc.assert(
      fc.property(twoOrders, ([one, other]) => {
        expect(stands(other)).toEqual(stands(one));
        expect(stands(one)?.at.getTime()).toBe(Math.max(...one));
      }),
    );
  });
});

describe('what is offered for following an ask', () => {
  const [A, B] = [said('Early access'), said('A workshop')];

  it.each([
    ['nothing', { A: null, B: null }, '00', undefined],
    ['the only one', { A, B: null }, '10', 'A'],
    ['the only one, whichever it is', { A: null, B }, '00', 'B'],
    ['A by the key', { A, B }, '00', 'A'],
    ['B by the key', { A, B }, '10', 'B'],
  ])('is %s', (_, offers, key, variant) => {
    expect(offerFor(key, offers)?.variant).toBe(variant);
  });
});
