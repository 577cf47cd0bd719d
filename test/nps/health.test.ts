import { expect, test } from 'vitest';
import { changedRows, type HealthRow, healthKey } from '../../src/nps/health.ts';

test.each([
  ['Heartbeat', undefined, 'heartbeat'],
  ['Trigger', 'Pre_Renewal', 'trigger-pre_renewal'],
  ['Dead Letters', 'answer', 'dead-letters-answer'],
] as const)('the key of %s %s is %s', (kind, name, key) => {
  expect(healthKey(kind, name)).toBe(key);
});

const row: HealthRow = { key: 'settings', kind: 'Settings', state: 'OK', message: '', count: null };

test.each([
  ['a row the org does not have', [], [row]],
  ['another state', [{ ...row, state: 'Disabled' as const }], [row]],
  ['another sentence', [{ ...row, message: 'Mended by hand.' }], [row]],
  ['another count', [{ ...row, count: 3 }], [row]],
  ['nothing else', [row], []],
])('%s is written', (_, shown, written) => {
  expect(changedRows([row], new Map(shown.map((one) => [one.key, one])))).toEqual(written);
});
