import { beforeEach, describe, expect, it } from 'vitest';
import { planSurveys } from '../../src/loop/plan.ts';
import type { DueMoment, PlanOptions } from '../../src/loop/ports.ts';
import type { Dates, MomentSource } from '../../src/nps/due-moments.ts';
import { momentKey } from '../../src/nps/moment.ts';
import { type FakeOrg, fakeOrg, trigger } from './fake-org.ts';
import { ACME, BOLT, movableClock, NOW } from './fakes.ts';

const TODAY = NOW.toISOString().slice(0, 10);
const source: MomentSource = {
  ...{ object: 'Contract', dateField: 'StartDate', offsetDays: 0, condition: null },
  ...{ accountField: 'AccountId', contactField: null, threshold: null },
};
const moment = (name: string, accountId: string): DueMoment => ({
  moment: { trigger: name, sourceId: `source of ${accountId}`, anchorDate: TODAY },
  ...{ accountId, contactId: null },
});

let org: FakeOrg;
let asked: Dates[];

beforeEach(() => {
  org = fakeOrg(movableClock());
  org.addAccount(ACME);
  org.addAccount(BOLT);
  org.triggersByName.clear();
  asked = [];
  org.dueMoments = async ({ name }, _source, dates) => {
    asked.push(dates);
    return [moment(name, ACME)];
  };
});

const add = (name: string, facts: Parameters<typeof trigger>[1] = {}) =>
  org.triggersByName.set(name.toLowerCase(), trigger(name, { source, ...facts }));
const plan = (options: Partial<PlanOptions> = {}) =>
  planSurveys({ days: 30, asIfActive: false, ...options }, { org, clock: movableClock(), mailAllowlist: [] });

describe('a plan of the org', () => {
  it('looks back as far as the sweep does and ahead to its last day, in one search a trigger', async () => {
    add('First_Value');
    const { surveys, from, to } = await plan();
    expect({ from, to }).toEqual({ from: TODAY, to: dayAfter(30) });
    expect(asked).toEqual([{ from: dayAfter(-7), to: dayAfter(30) }]);
    expect(surveys).toMatchObject([{ trigger: 'First_Value', account: { id: ACME }, outcome: { status: 'Sent' } }]);
  });

  it('leaves out what was decided, and lets what was deferred wait for its day', async () => {
    add('First_Value');
    const { moment: known } = moment('First_Value', ACME);
    org.addSurvey(momentKey(known), ACME, { status: 'Sent' });
    expect((await plan()).surveys).toEqual([]);
    org.addSurvey(momentKey(known), ACME, { status: 'Deferred', notBefore: new Date(`${dayAfter(4)}T00:00:00Z`) });
    expect((await plan()).surveys).toMatchObject([{ decidedOn: dayAfter(4), outcome: { status: 'Sent' } }]);
  });

  it('takes up deferred moments that only an event told of', async () => {
    add('By_Hand', { source: null });
    const deferred = moment('By_Hand', BOLT);
    org.deferredMoments = async () => [deferred];
    org.addSurvey(momentKey(deferred.moment), BOLT, {
      status: 'Deferred',
      notBefore: new Date(`${dayAfter(2)}T00:00:00Z`),
    });
    const { surveys, triggers } = await plan();
    expect(surveys).toMatchObject([{ trigger: 'By_Hand', decidedOn: dayAfter(2) }]);
    expect(triggers).toMatchObject([{ name: 'By_Hand', foreseeable: false }]);
  });

  it('counts accounts that crossed a threshold and are not stamped yet', async () => {
    add('Usage', { source: { ...source, threshold: 1000 } });
    org.dueMoments = async () => [];
    org.usageCrossings = async (_trigger, _source, today) => [
      { ...moment('Usage', BOLT), moment: { trigger: 'Usage', sourceId: BOLT, anchorDate: today } },
    ];
    expect((await plan()).surveys).toMatchObject([{ account: { id: BOLT }, decidedOn: TODAY }]);
  });

  it('leaves inactive triggers out, unless it is asked to take them as active', async () => {
    add('First_Value', { active: false });
    expect((await plan()).surveys).toEqual([]);
    expect(asked).toEqual([]);
    const { surveys, triggers } = await plan({ asIfActive: true });
    expect(surveys).toMatchObject([{ outcome: { status: 'Sent' } }]);
    expect(triggers).toMatchObject([{ name: 'First_Value', active: false }]);
  });

  it('names a trigger that cannot be used or searched, which stops no other', async () => {
    add('Bad', { problem: 'Its record names no date.' });
    add('Hidden');
    add('Good');
    org.dueMoments = async ({ name }) => {
      if (name === 'Hidden') throw new Error("sObject type 'Asset' is not supported.");
      return [moment(name, ACME)];
    };
    const { surveys, triggers } = await plan();
    expect(surveys.map(({ trigger: name }) => name)).toEqual(['Good']);
    expect(triggers.map(({ name, problem }) => [name, problem])).toEqual([
      ['Bad', 'Its record names no date.'],
      ['Hidden', "Its moments cannot be searched: sObject type 'Asset' is not supported."],
      ['Good', null],
    ]);
  });

  it('names campaigns that reach the same people, and says so when it may not read them', async () => {
    add('First_Value');
    org.memberships = async ([contactId = '', ...others], dates) => {
      expect([others, dates]).toEqual([[], { from: TODAY, to: dayAfter(30) }]);
      return [{ contactId, campaign: 'Webinar', from: TODAY, to: TODAY }];
    };
    expect(await plan()).toMatchObject({ clashes: [{ campaign: 'Webinar', on: TODAY }], campaignsProblem: null });
    org.memberships = async () => Promise.reject(new Error("sObject type 'CampaignMember' is not supported."));
    expect(await plan()).toMatchObject({
      surveys: [{ outcome: { status: 'Sent' } }],
      clashes: [],
      campaignsProblem: "Campaigns cannot be read: sObject type 'CampaignMember' is not supported.",
    });
  });

  it('takes the rates from a year of surveys, the last two weeks left out', async () => {
    const spans: Date[][] = [];
    org.surveyHistory = async (...span) => {
      spans.push(span);
      return { sent: 50, answered: 20, counted: 40, detractors: 10 };
    };
    const { rates } = await plan();
    expect(rates).toMatchObject({ response: { value: 0.4, assumed: false }, detractors: { value: 0.25, of: 40 } });
    expect(spans).toEqual([[new Date(`${dayAfter(-365)}${NOW.toISOString().slice(10)}`), expect.any(Date)]]);
  });
});

function dayAfter(days: number): string {
  return new Date(NOW.getTime() + days * 86_400_000).toISOString().slice(0, 10);
}
