import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type { Plan, Planner, PlanOptions, Stationery } from '../loop/ports.ts';
import { inWords } from '../nps/developer-name.ts';
import { ENOUGH, roughly, type Share } from '../nps/forecast.ts';
import { ENGLISH } from '../nps/language.ts';
import { show } from './pages.ts';

const CHOICES = [14, 30, 60, 90];
const DEFAULT_DAYS = 30;
const STYLES = readFileSync(new URL('../../templates/pages/plan.css', import.meta.url), 'utf8');

type PlanRoute = { Querystring: { days?: string; active?: string } };

/** `/plan`: what the coming days would send, for whoever tries the programme out. */
export function planRoutes(
  app: FastifyInstance,
  { planner, stationery }: { planner: Planner; stationery: Stationery },
): void {
  app.get('/plan.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLES));

  app.get<PlanRoute>('/plan', async ({ query }, reply) => {
    const options = wishes(query);
    try {
      return show(reply, 200, stationery.page('plan', { ...view(await planner(options)), language: ENGLISH }));
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      return show(reply, 503, stationery.page('plan', { ...form(options), company: '', problem, language: ENGLISH }));
    }
  });
}

function wishes({ days, active }: PlanRoute['Querystring']): PlanOptions {
  const wanted = Number(days);
  return { days: CHOICES.includes(wanted) ? wanted : DEFAULT_DAYS, asIfActive: active === 'all' };
}

function form({ days, asIfActive }: PlanOptions) {
  return { days, asIfActive, choices: CHOICES.map((choice) => ({ days: choice, chosen: choice === days })) };
}

function view(plan: Plan): object {
  const { company, from, to, summary, rates, surveys } = plan;
  const most = Math.max(1, ...summary.weeks.map(({ sent }) => sent));
  return {
    ...form(plan),
    company,
    problem: '',
    from: day(from),
    to: day(to),
    sent: summary.sent,
    suppressed: summary.suppressed,
    deferred: summary.deferred,
    renewalMails: summary.renewalMails,
    answers: roughly(summary.expected.answers),
    tasks: roughly(summary.expected.tasks),
    responseRate: shareText(rates.response, 'surveys'),
    detractorShare: shareText(rates.detractors, 'answers'),
    weeks: summary.weeks.map((week) => ({
      from: shortDay(week.from),
      to: shortDay(week.to),
      sent: week.sent,
      width: (week.sent / most) * 100,
    })),
    triggers: triggerRows(plan),
    csms: summary.csms.map(({ name, sent, answers, tasks }) => ({
      name,
      sent,
      answers: roughly(answers),
      tasks: roughly(tasks),
    })),
    reasons: summary.reasons,
    clashes: clashRows(plan),
    campaignsProblem: plan.campaignsProblem ?? '',
    moments: surveys.map(({ decidedOn, trigger, account, contact, csm, outcome, insteadOf }) => ({
      day: day(decidedOn),
      trigger: inWords(trigger),
      account: account.name,
      contact: contact?.name ?? '',
      csm: csm?.name ?? '',
      isSent: outcome.status === 'Sent',
      status: outcome.status,
      reason: outcome.status === 'Sent' ? '' : outcome.reason,
      insteadOf: insteadOf ? `Meets ${inWords(insteadOf.trigger)} of ${day(insteadOf.on)}.` : '',
    })),
  };
}

/** Triggers that meet at one account, and campaigns that write to the same people on the same day. */
function clashRows({ surveys, clashes }: Plan) {
  const meetings = surveys.flatMap(({ account, trigger, decidedOn, insteadOf, outcome }) =>
    insteadOf
      ? [
          {
            account: account.name,
            contact: '',
            survey: `${inWords(trigger)}, ${day(decidedOn)}`,
            meets: `${inWords(insteadOf.trigger)}, ${day(insteadOf.on)}`,
            outcome: outcome.status,
          },
        ]
      : [],
  );
  const campaigns = clashes.map(({ account, contact, trigger, on, campaign }) => ({
    account,
    contact,
    survey: `${inWords(trigger)}, ${day(on)}`,
    meets: `Campaign “${campaign}”`,
    outcome: 'Sent all the same',
  }));
  return [...meetings, ...campaigns];
}

function triggerRows({ triggers, summary, asIfActive }: Plan) {
  return triggers.map(({ name, active, activeFrom, foreseeable, problem }) => {
    const counts = summary.triggers.find(({ trigger }) => trigger === name);
    return {
      name: inWords(name),
      active,
      foreseeable,
      problem: problem ?? '',
      activeFrom: activeFrom ? day(activeFrom) : '',
      isShown: (active || asIfActive) && counts !== undefined,
      sent: counts?.sent ?? 0,
      suppressed: counts?.suppressed ?? 0,
      deferred: counts?.deferred ?? 0,
    };
  });
}

function shareText({ value, of, assumed }: Share, what: string): string {
  const percent = `${Math.round(value * 100)} %`;
  return assumed
    ? `${percent}, assumed: ${of} ${what} on record, ${ENOUGH} are needed to tell`
    : `${percent} over ${of} ${what}`;
}

const LONG_DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

const day = (date: string): string => LONG_DAY.format(new Date(`${date}T00:00:00Z`));
const shortDay = (date: string): string => SHORT_DAY.format(new Date(`${date}T00:00:00Z`));
