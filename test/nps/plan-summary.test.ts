import { describe, expect, it } from 'vitest';
import type { PlannedOutcome, PlannedSurvey } from '../../src/nps/plan.ts';
import { summaryOf } from '../../src/nps/plan-summary.ts';

const rates = {
  response: { value: 0.5, of: 100, assumed: false },
  detractors: { value: 0.2, of: 100, assumed: false },
};
const sent: PlannedOutcome = { status: 'Sent' };
const refused = (code: 'CHURNED' | 'NO_CONTACT'): PlannedOutcome => ({
  status: 'Suppressed',
  code,
  reason: `${code}.`,
});

let keys = 0;
function survey(decidedOn: string, outcome: PlannedOutcome, csm = 'Cleo', trigger = 'Pre_Renewal'): PlannedSurvey {
  keys += 1;
  const about = { sourceId: '', anchorDate: decidedOn, dueOn: decidedOn, account: { id: 'a', name: 'Acme' } };
  const people = { contact: null, csm: outcome.status === 'Sent' ? { id: csm, name: csm } : null };
  return {
    key: String(keys),
    kind: trigger === 'Renewal_Mail' ? 'Renewal Mail' : 'Survey',
    trigger,
    decidedOn,
    ...about,
    ...people,
    outcome,
    insteadOf: null,
  };
}

const span = { from: '2026-11-25', to: '2026-12-05', triggers: ['Pre_Renewal', 'First_Value'], rates };

describe('the summary of a plan', () => {
  const surveys = [
    survey('2026-11-25', sent),
    survey('2026-12-01', sent, 'Otto'),
    survey('2026-12-02', sent, 'Otto'),
    survey('2026-12-02', refused('CHURNED')),
    survey('2026-12-03', refused('NO_CONTACT')),
    survey('2026-12-03', refused('NO_CONTACT')),
    survey(
      '2026-12-04',
      { status: 'Deferred', code: 'BLACKOUT', reason: 'Later.', notBefore: '2026-12-09' },
      '',
      'Old',
    ),
  ];
  const summary = summaryOf(surveys, span);

  it('counts what is sent, suppressed and still waiting, and what to expect of it', () => {
    expect(summary).toMatchObject({ sent: 3, suppressed: 3, deferred: 1 });
    expect(summary.expected.answers).toBeCloseTo(1.5);
    expect(summary.expected.tasks).toBeCloseTo(0.3);
  });

  it('lists every trigger, also those without a moment and those nobody listed', () => {
    expect(summary.triggers).toEqual([
      { trigger: 'Pre_Renewal', sent: 3, suppressed: 3, deferred: 0 },
      { trigger: 'First_Value', sent: 0, suppressed: 0, deferred: 0 },
      { trigger: 'Old', sent: 0, suppressed: 0, deferred: 1 },
    ]);
  });

  it('counts weeks of seven days from its first day on, the last one cut at its end', () => {
    expect(summary.weeks).toEqual([
      { from: '2026-11-25', to: '2026-12-01', sent: 2 },
      { from: '2026-12-02', to: '2026-12-05', sent: 1 },
    ]);
  });

  it('tells why nobody is asked, the most frequent reason first, and who has the most to do', () => {
    expect(summary.reasons.map(({ code, moments }) => [code, moments])).toEqual([
      ['NO_CONTACT', 2],
      ['BLACKOUT', 1],
      ['CHURNED', 1],
    ]);
    expect(summary.csms.map(({ name, sent: surveysOf }) => [name, surveysOf])).toEqual([
      ['Otto', 2],
      ['Cleo', 1],
    ]);
  });

  it('counts renewal mails apart, and expects no answer to them', () => {
    const renewals = [
      survey('2026-11-26', sent, 'Otto', 'Renewal_Mail'),
      survey('2026-11-27', refused('CHURNED'), '', 'Renewal_Mail'),
    ];
    const withRenewals = summaryOf([...surveys, ...renewals], span);
    expect(withRenewals).toMatchObject({ sent: 3, suppressed: 3, renewalMails: 1, expected: summary.expected });
    expect(withRenewals.weeks).toEqual(summary.weeks);
    expect(withRenewals.csms).toEqual(summary.csms);
    expect(withRenewals.triggers.at(-1)).toEqual({ trigger: 'Renewal_Mail', sent: 1, suppressed: 1, deferred: 0 });
  });

  it('of nothing is empty', () => {
    expect(summaryOf([], span)).toMatchObject({ sent: 0, reasons: [], csms: [], expected: { answers: 0, tasks: 0 } });
  });
});
