import { describe, expect, it } from 'vitest';
import {
  deadLetterRows,
  flowRows,
  routingRuleRows,
  settingsRow,
  silentFlows,
  triggerRows,
  writeErrorsRow,
} from '../../src/nps/health-rows.ts';

const at = (day: string) => new Date(`2026-11-${day}T12:00:00Z`);

describe('dead letters', () => {
  it('are counted by lane, with the day and the code of the last one', () => {
    const rows = deadLetterRows([
      { lane: 'answer', reason: 'account: STRING_TOO_LONG: too long', at: at('20') },
      {
        lane: 'answer',
        reason: 'task: FIELD_CUSTOM_VALIDATION_EXCEPTION: Dana Osei <dana@acme.example>',
        at: at('21'),
      },
      { lane: 'receipt', reason: 'No reason.', at: at('19') },
    ]);
    expect(rows.map(({ key, state, count }) => [key, state, count])).toEqual([
      ['dead-letters-event', 'OK', 0],
      ['dead-letters-answer', 'Warning', 2],
      ['dead-letters-mail', 'OK', 0],
      ['dead-letters-receipt', 'Warning', 1],
      ['dead-letters-command', 'OK', 0],
      ['dead-letters-reply', 'OK', 0],
    ]);
    expect(rows[1]?.message).toMatch(
      /^2 answers could not be stored, the last on 2026-11-21; Salesforce said FIELD_CUSTOM_VALIDATION_EXCEPTION\./,
    );
    expect(rows[3]?.message).toContain('the last on 2026-11-19. ');
  });

  it('name nobody, whatever their reasons say', () => {
    const [row] = deadLetterRows([{ lane: 'event', reason: 'INVALID_EMAIL_ADDRESS: dana@acme.example', at: at('20') }]);
    expect(row?.message).not.toContain('dana');
  });
});

describe('triggers', () => {
  const sound = { name: 'Pre_Renewal', problem: null, active: true };

  it.each([
    ['is sound', sound, 'OK', ''],
    ['is not active', { ...sound, active: false }, 'OK', 'This trigger is not active.'],
    ['has a problem', { ...sound, problem: 'Its date is gone.' }, 'Disabled', 'Its date is gone.'],
    [
      'has a problem and is not active',
      { ...sound, problem: 'Its date is gone.', active: false },
      'Disabled',
      'Its date is gone.',
    ],
  ])('one that %s', (_, trigger, state, message) => {
    expect(triggerRows([trigger], new Map())).toMatchObject([{ key: 'trigger-pre_renewal', state, message }]);
  });

  it('one whose record is gone is wrong no more', () => {
    const shown = triggerRows([{ ...sound, name: 'Old', problem: 'Bad.' }], new Map());
    const rows = triggerRows([sound], new Map(shown.map((row) => [row.key, row])));
    expect(rows).toMatchObject([{ key: 'trigger-pre_renewal' }, { key: 'trigger-old', state: 'OK' }]);
  });
});

describe('routing rules', () => {
  const sound = { name: 'Detractor_Call', problem: null, active: true };
  const said = (...rules: (typeof sound | { name: string; problem: string; active: boolean })[]) =>
    routingRuleRows(rules, new Map()).map(({ key, state, message }) => [key, state, message]);

  it('that are sound have nothing to say', () => {
    expect(said(sound)).toEqual([
      ['routing-rule', 'OK', ''],
      ['routing-rule-detractor_call', 'OK', ''],
    ]);
  });

  it('with a problem are disabled alone', () => {
    expect(said(sound, { ...sound, name: 'Bad', problem: 'Label__c is empty.' })).toEqual([
      ['routing-rule', 'OK', ''],
      ['routing-rule-detractor_call', 'OK', ''],
      ['routing-rule-bad', 'Disabled', 'Label__c is empty.'],
    ]);
  });

  it.each([
    ['none', []],
    ['none that is active', [{ ...sound, active: false }]],
    ['none that can be used', [{ ...sound, problem: 'Bad.' }]],
  ])('of which there is %s make no Task, which somebody must know', (_, rules) => {
    expect(said(...rules)[0]).toMatchObject(['routing-rule', 'Warning', expect.stringContaining('no answer makes a')]);
  });

  it('whose record is gone are wrong no more', () => {
    const shown = routingRuleRows([{ ...sound, name: 'Old', problem: 'Bad.' }], new Map());
    const rows = routingRuleRows([sound], new Map(shown.map((row) => [row.key, row])));
    expect(rows.at(-1)).toMatchObject({
      key: 'routing-rule-old',
      state: 'OK',
      message: 'There is no such NPS Routing Rule record any more.',
    });
  });
});

describe('shipped flows', () => {
  const serves = {
    ...{ name: 'Pre_Renewal', problem: null, active: true },
    source: {
      ...{ object: 'Contract', dateField: 'EndDate', offsetDays: -75, condition: "StatusCode = 'Activated'" },
      ...{ accountField: 'AccountId', contactField: null, threshold: null },
    },
  };
  const differs = { ...serves, source: { ...serves.source, dateField: 'Renewal__c' } };

  it.each([
    ['serves its trigger', serves, [['flow-pre_renewal', 'OK', '']]],
    ['reads something else', differs, [['flow-pre_renewal', 'Warning', expect.stringContaining('Date_Field__c')]]],
    ['serves a trigger that is not active', { ...differs, active: false }, [['flow-pre_renewal', 'OK', '']]],
    ['serves a trigger that cannot be used', { ...differs, problem: 'Bad.' }, []],
    ['is none of ours', { ...differs, name: 'After_Install' }, []],
  ])('one that %s', (_, trigger, rows) => {
    expect(flowRows([trigger]).map(({ key, state, message }) => [key, state, message])).toEqual(rows);
  });

  it.each([
    ['never told of a run', serves, undefined, 1],
    ['ran three days ago', serves, at('15'), 1],
    ['ran yesterday', serves, at('17'), 0],
    ['stands down', differs, undefined, 0],
    ['serves a trigger that is not active', { ...serves, active: false }, undefined, 0],
  ])('one that %s is missed: %#', (_, trigger, checkedAt, notes) => {
    const [row] = flowRows([serves]);
    const shown = row && checkedAt ? [['flow-run-pre_renewal', { ...row, checkedAt }] as const] : [];
    expect(silentFlows([trigger], new Map(shown), at('18'))).toHaveLength(notes);
  });
});

it('the settings are disabled by their problem, and responses counted that were not stored whole', () => {
  expect(settingsRow(null)).toMatchObject({ key: 'settings', state: 'OK' });
  expect(settingsRow('Blackouts__c is odd.')).toMatchObject({ state: 'Disabled', message: 'Blackouts__c is odd.' });
  expect(writeErrorsRow(0)).toMatchObject({ key: 'write-errors', state: 'OK', count: 0 });
  expect(writeErrorsRow(2)).toMatchObject({ state: 'Warning', count: 2, message: expect.stringContaining('2 NPS') });
});
