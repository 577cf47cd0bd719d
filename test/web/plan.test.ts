import { describe, expect, it } from 'vitest';
import type { Plan, PlanOptions } from '../../src/loop/ports.ts';
import { openStationery } from '../../src/mail/stationery.ts';
import type { PlannedSurvey } from '../../src/nps/plan.ts';
import { summaryOf } from '../../src/nps/plan-summary.ts';
import { buildServer } from '../../src/web/server.ts';
import { fakeDesk } from './fake-desk.ts';

const stationery = openStationery(new URL('../../templates', import.meta.url).pathname);
const span = { from: '2026-11-25', to: '2026-12-25' };
const rates = {
  response: { value: 0.25, of: 8, assumed: true },
  detractors: { value: 0.1, of: 120, assumed: false },
};
const sent: PlannedSurvey = {
  ...{ key: 'a', kind: 'Survey', trigger: 'Pre_Renewal', sourceId: '', anchorDate: '2027-02-10', dueOn: '2026-11-27' },
  ...{ decidedOn: '2026-11-27', account: { id: '1', name: 'Harbour & <b>Söhne</b>' }, insteadOf: null },
  ...{ contact: { id: 'c', name: 'Dana' }, csm: { id: 'u', name: 'Cleo Sun' }, outcome: { status: 'Sent' } },
};
const stopped: PlannedSurvey = {
  ...{ ...sent, key: 'b', trigger: 'First_Value', decidedOn: '2026-12-01', contact: null, csm: null },
  outcome: { status: 'Suppressed', code: 'ACCOUNT_ASKED_RECENTLY', reason: 'The account was asked.' },
  insteadOf: { trigger: 'Pre_Renewal', on: '2026-11-27' },
};

function planOf(options: PlanOptions, surveys: PlannedSurvey[]): Plan {
  const triggers = [
    { name: 'Pre_Renewal', active: true, activeFrom: '2026-01-01', foreseeable: true, problem: null },
    { name: 'First_Value', active: false, activeFrom: null, foreseeable: true, problem: 'Its record names no date.' },
  ];
  const summary = summaryOf(surveys, { ...span, rates, triggers: ['Pre_Renewal', 'First_Value'] });
  const webinar = {
    on: '2026-11-27',
    account: 'Harbour',
    contact: 'Dana',
    trigger: 'Pre_Renewal',
    campaign: 'Webinar',
  };
  const campaigns = { clashes: [webinar], campaignsProblem: null };
  return { ...options, ...span, ...campaigns, company: 'Fernbrook', triggers, surveys, rates, summary };
}

function serve(planner?: (options: PlanOptions) => Promise<Plan>) {
  return buildServer({
    ...{ desk: fakeDesk(), stationery, log: false, visitorSalt: 'salt', planner },
    readiness: async () => ({ ready: true, idle: true, standby: false }),
  });
}

describe('the page of the plan', () => {
  it('is not there where others than the operator could reach it', async () => {
    expect((await serve().inject('/plan')).statusCode).toBe(404);
  });

  it('shows what is sent, what is not and why, and what the figures rest on', async () => {
    const { statusCode, body } = await serve(async (options) => planOf(options, [sent, stopped])).inject('/plan');
    expect(statusCode).toBe(200);
    for (const words of [
      ...['The next 30 days', '25 Nov 2026 to 25 Dec 2026', 'Cleo Sun', 'not active', 'Its record names no date.'],
      ...[
        'Harbour &amp; &lt;b&gt;Söhne&lt;/b&gt;',
        'ACCOUNT_ASKED_RECENTLY',
        'Meets Pre Renewal of 27 Nov 2026.',
        'Campaign “Webinar”',
      ],
      ...['25 %, assumed: 8 surveys on record, 30 are needed to tell', '10 % over 120 answers', 'under 1'],
    ])
      expect(body).toContain(words);
  });

  it.each([
    ['/plan?days=90&active=all', { days: 90, asIfActive: true }],
    ['/plan?days=14', { days: 14, asIfActive: false }],
    ['/plan?days=100000&active=some', { days: 30, asIfActive: false }],
  ])('%s asks for what it says, within reason', async (url, wanted) => {
    const asked: PlanOptions[] = [];
    const page = await serve(async (options) => {
      asked.push(options);
      return planOf(options, []);
    }).inject(url);
    expect(asked).toEqual([wanted]);
    expect(page.body).toContain(`<option value="${wanted.days}" selected>`);
    expect(page.body).toContain('No moment falls due in these days.');
  });

  it('says in a sentence why there is no plan', async () => {
    const failing = serve(() => Promise.reject(new Error('The NPS Setting record Default cannot be used.')));
    const { statusCode, body } = await failing.inject('/plan');
    expect(statusCode).toBe(503);
    expect(body).toContain('The NPS Setting record Default cannot be used.');
  });
});
