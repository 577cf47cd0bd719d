import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStationery } from '../../src/mail/stationery.ts';
import { readWording } from '../../src/mail/wording.ts';
import { begsForScore } from '../../src/nps/pressure.ts';
import { RENEWAL_TEMPLATES } from '../../src/nps/renewal.ts';
import { STEP_MAILS } from '../../src/nps/steps/mail.ts';
import { wordCount } from '../../src/nps/words.ts';
import { invitation, renewalMail, replyToAnswer } from './letters.ts';
import { ARABIC, TEMPLATES, templatesWith } from './own-language.ts';

const wording = readWording(join(TEMPLATES, 'wording'));
const english = wording.sentences('en');
const others = wording.languages.filter((language) => language !== 'en');

describe('the words of mails and pages', () => {
  it('ship in English and German', () => {
    expect(wording.languages.toSorted()).toEqual(['de', 'en']);
  });

  it.each(others)('are all said in %s, too, and nothing else is', async (language) => {
    const { default: own } = await import(`${TEMPLATES}/wording/${language}.json`, { with: { type: 'json' } });
    const { default: model } = await import(`${TEMPLATES}/wording/en.json`, { with: { type: 'json' } });
    const keys = (groups: object) =>
      Object.entries(groups).flatMap(([group, said]) => Object.keys(said).map((name) => `${group}.${name}`));
    expect(keys(own)).toEqual(keys(model));
  });

  it.each(others)('are not left in English in %s', (language) => {
    const same = [...wording.sentences(language)].filter(([key, sentence]) => english.get(key) === sentence);
    expect(same).toEqual([]);
  });

  it.each(wording.languages)('keep every mail in %s under 80 words, with long names and an address', (language) => {
    const { mail } = openStationery(TEMPLATES);
    const names = {
      language,
      company: 'The Very Large Shipping Company',
      account: { name: 'Blue Harbour Logistics and Sons' },
      contact: { firstName: 'Anna Maria', name: 'Anna Maria de Vries' },
    };
    const texts = [
      mail('invitation', { ...invitation, ...names }),
      mail('re-survey', { ...invitation, ...names }),
      ...STEP_MAILS.map((template) => mail(template, { ...replyToAnswer, ...names, actionsTaken: LONG_ACTION })),
      ...Object.values(RENEWAL_TEMPLATES).map((template) => mail(template, { ...renewalMail, ...names })),
    ].map(({ text }) => text);
    expect(Math.max(...texts.map(wordCount))).toBeLessThan(80);
  });
});

/** As long as Actions Taken may get. */
const LONG_ACTION = 'We moved the nightly import to another server '.repeat(5).slice(0, 150);

it.each(wording.languages)('no mail in %s asks anybody to think about their score again', (language) => {
  const mails = ['letter', 'scale', 'invitation', 're-survey', 'renewal', ...STEP_MAILS];
  const said = [...wording.sentences(language)].filter(([key]) => mails.some((mail) => key.startsWith(`${mail}.`)));
  expect(said.length).toBeGreaterThan(mails.length);
  expect(said.filter(([, sentence]) => begsForScore(sentence) !== undefined)).toEqual([]);
});

describe('a language of one’s own', () => {
  const stationery = openStationery(
    templatesWith({ ar: ARABIC, 'de-CH': { letter: { greeting: 'Grüezi & <salü>,' } } }),
  );

  it('runs from right to left by itself, and says in English what it does not say', () => {
    const { html } = stationery.mail('invitation', { ...invitation, language: 'ar' });
    expect(html).toContain('<html lang="ar" dir="rtl">');
    expect(html).toContain('0 = غير محتمل');
    const page = stationery.page('unsubscribe', { company: '', language: 'ar', styleUrl: '' });
    expect(page).toContain('<html lang="ar" dir="rtl">');
    expect(page).toContain('<h1>\u2066No more surveys?\u2069</h1>');
  });

  it('is plain text: nothing in it is taken for html', () => {
    const { html, text } = stationery.mail('invitation', { ...invitation, language: 'de-CH' });
    expect(html).toContain('Grüezi &amp; &lt;salü&gt;,');
    expect(text).toContain('Grüezi & <salü>,');
  });

  it('is written in the nearest there is', () => {
    const greetings = ['de-AT', 'fr', '', 'en-GB'].map(
      (language) => stationery.mail('acknowledgment', { ...replyToAnswer, language }).text.split('\n')[0],
    );
    expect(greetings).toEqual(['Guten Tag Dana Osei,', 'Hi Dana,', 'Hi Dana,', 'Hi Dana,']);
  });

  it.each([
    ['a file that is named after no language', { 'german-old': {} }, 'german-old.json cannot be a wording'],
    ['a sentence that cannot be read', { fr: { letter: { greeting: 'Bonjour {{#if' } } }, 'Parse error'],
  ])('with %s stops the start', (_what, languages, complaint) => {
    expect(() => openStationery(templatesWith(languages))).toThrow(complaint);
  });
});
