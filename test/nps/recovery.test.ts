import { describe, expect, it } from 'vitest';
import { type AccountFacts, decide, type Occasion } from '../../src/nps/eligibility.ts';
import { momentKey } from '../../src/nps/moment.ts';
import { RECOVERY_RULE, recoveryMoment, recoveryReason } from '../../src/nps/recovery.ts';
import { DEFAULT_SETTINGS } from '../../src/nps/settings.ts';
import { CLEO, contact } from '../loop/fake-org.ts';

const NOW = new Date('2027-02-05T12:00:00Z');
const ANSWERED = new Date('2027-01-04T12:00:00Z');
const ASKED = new Date('2027-01-03T08:00:00Z');
const account: AccountFacts = {
  ...{ id: 'Acme', name: 'Acme', createdAt: new Date('2027-01-01T00:00:00Z'), surveyOptOut: false },
  ...{ churned: false, inProgramme: true, escalated: false, lastSurveyedAt: ASKED, csmCandidates: [CLEO], answers: [] },
  contacts: [contact('Ben'), contact('Ann', { lastSurveyedAt: ASKED })],
};
const occasion = (facts: Partial<AccountFacts> = {}): Occasion => ({
  ...{ trigger: RECOVERY_RULE, triggerName: 'Recovery', contactId: 'Ann', happenedAt: NOW, now: NOW },
  ...{ account: { ...account, ...facts }, mayBeMailed: () => true, settings: DEFAULT_SETTINGS },
  recovery: { of: 'response', answeredAt: ANSWERED, reason: '' },
});

describe('a re-survey', () => {
  it('is asked a month after the last survey, of a young account, and of nobody but who answered', () => {
    expect(decide(occasion())).toMatchObject({ send: true, contact: { id: 'Ann' } });
  });

  it.each([
    ['the account opted out', { surveyOptOut: true }, 'ACCOUNT_OPTED_OUT'],
    ['the account is lost', { churned: true }, 'CHURNED'],
    ['something is escalated', { escalated: true }, 'OPEN_ESCALATION'],
    ['the account was asked since', { lastSurveyedAt: new Date('2027-01-20T09:00:00Z') }, 'ACCOUNT_ASKED_RECENTLY'],
    ['who answered is gone', { contacts: [contact('Ben')] }, 'NO_CONTACT'],
    [
      'who answered opted out',
      { contacts: [contact('Ben'), contact('Ann', { surveyOptOut: true })] },
      'CONTACT_OPTED_OUT',
    ],
    ['mails come back', { contacts: [contact('Ben'), contact('Ann', { bounced: true })] }, 'BOUNCED'],
    [
      'who answered was asked since',
      { contacts: [contact('Ann', { lastSurveyedAt: new Date('2027-01-20T09:00:00Z') })] },
      'CONTACT_ASKED_RECENTLY',
    ],
  ] as const)('is not asked when %s', (_, facts, code) => {
    expect(decide(occasion(facts))).toMatchObject({ send: false, code });
  });

  it('is not asked where the address may not be mailed, nor during a blackout', () => {
    expect(decide({ ...occasion(), mayBeMailed: () => false })).toMatchObject({ code: 'NOT_ON_ALLOW_LIST' });
    const blackouts = [{ from: '2027-02-01', to: '2027-02-10', reason: 'Audit' }];
    const settings = { ...DEFAULT_SETTINGS, blackouts };
    expect(decide({ ...occasion(), settings })).toMatchObject({ code: 'BLACKOUT', notBefore: '2027-02-11' });
  });

  it('has one key, whatever becomes of the answer, and says in words why it is made', () => {
    expect(momentKey(recoveryMoment('r1', ANSWERED))).toBe(momentKey(recoveryMoment('r1', ANSWERED)));
    expect(momentKey(recoveryMoment('r1', ANSWERED))).not.toBe(momentKey(recoveryMoment('r2', ANSWERED)));
    const reason = recoveryReason(3, ANSWERED, new Date('2027-01-05T10:00:00Z'));
    expect(reason).toContain('Asked once more after the 3 of 2027-01-04, which was followed up on 2027-01-05');
    expect(reason.length).toBeLessThanOrEqual(255);
  });
});
