import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/nps/settings.ts';
import { CHOICE_FIELDS } from '../../src/salesforce/choices.ts';
import { ROUTING_RULE_FIELDS } from '../../src/salesforce/routing-rules.ts';
import { SETTING_FIELDS, settingsOf } from '../../src/salesforce/settings.ts';
import { TRIGGER_FIELDS, TRIGGER_TEXT_FIELDS } from '../../src/salesforce/triggers.ts';
import { readMetadataRecords } from '../../src/sandbox/org/schema/metadata-records.ts';
import { filesOf, rawText } from './metadata.ts';
import { fieldsOf } from './schema.ts';

const namesOf = (object: string) => fieldsOf(object).map(({ name }) => name);

describe('what an admin can set', () => {
  it('is all read by the service, and nothing else is', () => {
    expect(SETTING_FIELDS.toSorted()).toEqual(namesOf('NPS_Setting__mdt').toSorted());
    expect(TRIGGER_FIELDS.filter((field) => field !== 'DeveloperName').toSorted()).toEqual(
      namesOf('NPS_Trigger__mdt').toSorted(),
    );
    expect(TRIGGER_TEXT_FIELDS.map((path) => path.replace('__r.DeveloperName', '__c')).toSorted()).toEqual(
      namesOf('NPS_Trigger_Text__mdt').toSorted(),
    );
    expect(CHOICE_FIELDS.filter((field) => field !== 'DeveloperName').toSorted()).toEqual(
      namesOf('NPS_Choice__mdt').toSorted(),
    );
    expect(ROUTING_RULE_FIELDS.filter((field) => field !== 'DeveloperName').toSorted()).toEqual(
      namesOf('NPS_Routing_Rule__mdt').toSorted(),
    );
  });

  it.each(Object.keys(DEFAULT_SETTINGS))('does something: %s is used where it is not only read', (setting) => {
    const sources = globSync('src/{nps,loop,salesforce,mail,web}/**/*.ts').filter(
      (path) => !/(nps|salesforce)\/settings\.ts$/.test(path),
    );
    const used = sources.filter((path) => new RegExp(`\\b${setting}\\b`).test(readFileSync(path, 'utf8')));
    expect(used).not.toEqual([]);
  });

  it('ships as what holds where nothing is set, but for themes: without any, comments are not tagged', () => {
    const files = filesOf('md').map(({ path }) => ({ path, text: rawText(path) }));
    const shipped = readMetadataRecords(files).find(({ type }) => type === 'NPS_Setting__mdt');
    const { themes, ...rest } = settingsOf(shipped?.fields as Parameters<typeof settingsOf>[0]);
    expect({ ...rest, themes: [] }).toEqual(DEFAULT_SETTINGS);
    expect(themes).toHaveLength(8);
  });
});
