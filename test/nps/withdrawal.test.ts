import { expect, it } from 'vitest';
import { withdrawalOf } from '../../src/nps/withdrawal.ts';

it.each([
  [true, false, false, 'CONTACT_OPTED_OUT'],
  [false, true, false, 'ACCOUNT_OPTED_OUT'],
  [true, true, false, 'CONTACT_OPTED_OUT'],
  [false, false, false, undefined],
  [true, true, true, undefined],
])('contact opted out %s, account %s, a test %s: %s', (contact, account, isTest, code) => {
  const withdrawal = withdrawalOf({ optOuts: { contact, account }, isTest });
  expect(withdrawal?.code).toBe(code);
  if (withdrawal) expect(withdrawal.reason).toMatch(/opted out of surveys .*\.$/);
});
