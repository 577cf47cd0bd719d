import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { projectFiles } from '../../scripts/metadata/project-files.ts';
import { themeFrom, themesOf } from '../../src/nps/themes.ts';
import { readMetadataRecords } from '../../src/sandbox/org/schema/metadata-records.ts';

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

describe('the themes that ship', () => {
  const settings = readMetadataRecords(projectFiles()).find(({ type }) => type === 'NPS_Setting__mdt');
  const lines = String(settings?.fields.Themes__c).split('\n');
  const shipped = lines.map(themeFrom).filter((theme) => theme !== undefined);

  it('are all read', () => {
    expect(shipped.map(({ name }) => name)).toHaveLength(lines.length);
  });

  it.each([
    ['Support never answers, and the hotline is no better', 'Support'],
    ['Too expensive for the few reports we use', 'Price; Reports'],
    ['The export crashes every Friday', 'Reliability; Reports'],
    ['Easy to use, but the API lacks an integration with SAP', 'Ease of use; Features'],
    ['Die Einführung war gut, die Bedienung ist umständlich', 'Ease of use; Onboarding'],
    ['Zu teuer, und der Kundendienst ist nie erreichbar', 'Support; Price'],
    ['Our account manager is wonderful', 'People'],
    ['All good', null],
  ])('"%s": %s', (comment, themes) => {
    const order = (text: string | null) => text?.split('; ').toSorted() ?? null;
    expect(order(themesOf(comment, shipped))).toEqual(order(themes));
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
