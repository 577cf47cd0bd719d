import { expect, test } from 'vitest';
import { withSoundTriggers } from '../../src/loop/sound-triggers.ts';
import { openStationery } from '../../src/mail/stationery.ts';
import { templatesWith } from '../mail/own-language.ts';
import { fakeOrg, trigger } from './fake-org.ts';
import { movableClock } from './fakes.ts';

const stationery = openStationery(new URL('../../templates', import.meta.url).pathname);

test('a trigger whose mail would be too long stops itself and no other', async () => {
  const org = fakeOrg(movableClock());
  org.triggersByName.set('long', trigger('Long', { contextSentence: `${'word '.repeat(60)}end.` }));
  const triggers = await withSoundTriggers(org, stationery).triggers();
  expect(triggers.get('pre_renewal')?.problem).toBeNull();
  expect(triggers.get('long')?.problem).toMatch(
    /^The NPS Trigger record Long cannot be used: Context_Sentence__c makes/,
  );
});

test('a sentence of forty words leaves room for a long name', async () => {
  const org = fakeOrg(movableClock());
  const contextSentence = `${'word '.repeat(39)}{{account.name}}.`;
  org.triggersByName.set('fits', trigger('Fits', { contextSentence }));
  expect((await withSoundTriggers(org, stationery).triggers()).get('fits')?.problem).toBeNull();
});

test('what the org says is wrong is kept beside it', async () => {
  const org = fakeOrg(movableClock());
  org.triggersByName.set('two', trigger('Two', { problem: 'Date_Field__c is odd.', subject: '' }));
  const problem = (await withSoundTriggers(org, stationery).triggers()).get('two')?.problem;
  expect(problem).toBe('Date_Field__c is odd. The NPS Trigger record Two cannot be used: Subject_A__c is empty.');
});

test('a sentence is counted in the language in which its mail is longest, as it stands in for all of them', async () => {
  const org = fakeOrg(movableClock());
  org.triggersByName.set('fits', trigger('Fits', { contextSentence: `${'word '.repeat(39)}end.` }));
  const wordy = openStationery(templatesWith({ fr: { letter: { unsubscribe: 'mot '.repeat(20) } } }));
  expect((await withSoundTriggers(org, wordy).triggers()).get('fits')?.problem).toContain('words long');
});
