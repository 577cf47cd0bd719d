import { describe, expect, it } from 'vitest';
import { begsForScore } from '../../src/nps/pressure.ts';

describe('a text that asks for another or a higher score is found out', () => {
  it.each([
    'Would you reconsider your score?',
    'Please change your answer if we have helped.',
    'Could you kindly raise\nthe rating you gave us?',
    'We would love a 10 from you.',
    'I hope for a 9 or 10 this time!',
    'Please rate us higher now that it is mended.',
    'Anything less than a 9 counts as a failure for me.',
    'Möchten Sie Ihre Note überdenken?',
    'Wenn Sie mögen, können Sie Ihre Bewertung jetzt anpassen.',
    'Vielleicht können Sie uns eine 10 geben.',
    'Wir freuen uns über eine bessere Bewertung.',
  ])('%s', (text) => {
    expect(begsForScore(text)).toBeDefined();
  });
});

describe('a text that asks openly is left alone', () => {
  it.each([
    'How likely are you to recommend Northwind to a friend or colleague?',
    'What would make us a 10 for you?',
    'What could we have done better?',
    'Thank you for your 9 out of 10.',
    'Blue Harbour has worked with us for six weeks; how is it going?',
    'We changed the import, and your answer helped us to find it.',
    'We want to give you a better start with the new import.',
    'We hope the last 10 weeks were good; I would love a 10 minute call.',
    'Since your answer we improved our answer times.',
    'Was fehlt uns aus Ihrer Sicht noch zu einer 10?',
    'Was hätten wir besser machen können?',
    'Danke für Ihre ehrliche Antwort.',
  ])('%s', (text) => {
    expect(begsForScore(text)).toBeUndefined();
  });
});
