import { expect, test } from 'vitest';
import { clashesWith, type Membership } from '../../src/nps/clashes.ts';
import type { PlannedOutcome, PlannedSurvey } from '../../src/nps/plan.ts';

const survey = (
  decidedOn: string,
  contact: string | null,
  outcome: PlannedOutcome = { status: 'Sent' },
): PlannedSurvey => ({
  ...{
    key: 'k',
    kind: 'Survey',
    trigger: 'Pre_Renewal',
    sourceId: 's',
    anchorDate: decidedOn,
    dueOn: decidedOn,
    decidedOn,
  },
  ...{ account: { id: 'a', name: 'Acme' }, contact: contact ? { id: contact, name: contact } : null },
  ...{ csm: null, outcome, insteadOf: null },
});
const webinar: Membership = { contactId: 'Ann', campaign: 'Webinar', from: '2026-12-01', to: '2026-12-10' };
const newsletter: Membership = { contactId: 'Ann', campaign: 'News', from: '2026-12-05', to: null };
const suppressed: PlannedOutcome = { status: 'Suppressed', code: 'CHURNED', reason: 'Left.' };

test.each<[string, PlannedSurvey, string[]]>([
  ['on its first day', survey('2026-12-01', 'Ann'), ['Webinar']],
  ['on its last day, with one that has no end', survey('2026-12-10', 'Ann'), ['Webinar', 'News']],
  ['before it begins', survey('2026-11-30', 'Ann'), []],
  ['after its end', survey('2026-12-11', 'Ann'), ['News']],
  ['when somebody else is asked', survey('2026-12-05', 'Ben'), []],
  ['when nobody is asked', survey('2026-12-05', 'Ann', suppressed), []],
  ['without a contact', survey('2026-12-05', null), []],
])('a survey meets a campaign of its contact: %s', (_, given, campaigns) => {
  expect(clashesWith([webinar, newsletter], [given]).map(({ campaign }) => campaign)).toEqual(campaigns);
});

test('a clash says who is reached, when and about what', () => {
  expect(clashesWith([webinar], [survey('2026-12-02', 'Ann')])).toEqual([
    { on: '2026-12-02', account: 'Acme', contact: 'Ann', trigger: 'Pre_Renewal', campaign: 'Webinar' },
  ]);
});
