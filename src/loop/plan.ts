import { allowList } from '../nps/allow-list.ts';
import { clashesWith } from '../nps/clashes.ts';
import { DAY_MS, dateOfDay, dayOfDate, utcDay } from '../nps/days.ts';
import { type Dates, dueDates, type MomentSource } from '../nps/due-moments.ts';
import { DAYS_TO_ANSWER, HISTORY_DAYS, ratesOf } from '../nps/forecast.ts';
import { isRecordId, momentKey } from '../nps/moment.ts';
import { type AwaitedMoment, type PlannedSurvey, planAhead } from '../nps/plan.ts';
import { summaryOf } from '../nps/plan-summary.ts';
import type { Clock, DueMoment, Org, Plan, PlannedTrigger, PlanOptions, Trigger } from './ports.ts';
import { reasonOf } from './reason.ts';

interface PlanParts {
  org: Org;
  clock: Clock;
  /** Who may be mailed from a sandbox. */
  mailAllowlist: readonly string[];
}

/** As many as the service itself decides at once; a query may not grow without end. */
const KEYS_A_READ = 200;

/** Reads what is due in the coming days and decides it by the service's own rules. Nothing is written anywhere. */
export async function planSurveys({ days, asIfActive }: PlanOptions, parts: PlanParts): Promise<Plan> {
  const { org, clock, mailAllowlist } = parts;
  const now = clock.now();
  const [{ name: company, isSandbox }, settings, records, history] = await Promise.all([
    org.organization(),
    org.settings(),
    org.triggers(),
    org.surveyHistory(daysBefore(now, HISTORY_DAYS), daysBefore(now, DAYS_TO_ANSWER)),
  ]);
  const triggers = [...records.values()].map((trigger) => ({
    ...trigger,
    active: trigger.active || asIfActive,
    isActive: trigger.active,
  }));
  const found = await Promise.all(triggers.map((trigger) => search(trigger, days, settings.lookBackDays, parts)));
  const deferred = await org.deferredMoments(endOf(now, days));
  const moments = await undecided(
    found.flatMap(({ moments }) => moments),
    deferred.map((due) => awaited(due, triggers, utcDay(now))),
    parts,
  );
  const surveys = planAhead({
    moments,
    settings,
    now,
    days,
    accounts: await readAll(moments.map(({ accountId }) => accountId).filter(isRecordId), org.accountFacts),
    mayBeMailed: allowList(isSandbox, mailAllowlist),
  });
  const from = dateOfDay(utcDay(now));
  const to = dateOfDay(utcDay(now) + days);
  const campaigns = await campaignsOf(surveys, { from, to }, org);
  const rates = ratesOf(history);
  const names = triggers.filter(({ active }) => active).map(({ name }) => name);
  return {
    company,
    from,
    to,
    days,
    asIfActive,
    surveys,
    rates,
    ...campaigns,
    triggers: found.map(({ planned }) => planned),
    summary: summaryOf(surveys, { from, to, triggers: names, rates }),
  };
}

type ConsideredTrigger = Trigger & { isActive: boolean };

interface Found {
  planned: PlannedTrigger;
  moments: AwaitedMoment[];
}

/** A trigger's moments in the coming days. One that cannot be searched is named and stops no other. */
async function search(
  trigger: ConsideredTrigger,
  days: number,
  lookBackDays: number,
  parts: PlanParts,
): Promise<Found> {
  const { name, isActive, activeFrom, source, problem } = trigger;
  const planned = { name, active: isActive, activeFrom, foreseeable: source !== null, problem };
  if (!trigger.active || !source || problem) return { planned, moments: [] };
  try {
    const due = await momentsOf(trigger, source, { days, lookBackDays, parts });
    const offset = source.offsetDays;
    const moments = due.map((found) => awaited(found, [trigger], dayOfDate(found.moment.anchorDate) + offset));
    return { planned, moments };
  } catch (error) {
    const reason = reasonOf(error);
    return { planned: { ...planned, problem: `Its moments cannot be searched: ${reason}` }, moments: [] };
  }
}

async function momentsOf(
  trigger: Trigger,
  source: MomentSource,
  { days, lookBackDays, parts: { org, clock } }: { days: number; lookBackDays: number; parts: PlanParts },
): Promise<DueMoment[]> {
  const today = utcDay(clock.now());
  const dates = dueDates(source.offsetDays, trigger.activeFrom, today + days, lookBackDays + days);
  const found = dates ? await org.dueMoments(trigger, source, dates) : [];
  const crossed = source.threshold === null ? [] : await org.usageCrossings(trigger, source, dateOfDay(today));
  return [...found, ...crossed];
}

function awaited(found: DueMoment, triggers: readonly Trigger[], dueDay: number): AwaitedMoment {
  const name = found.moment.trigger.toLowerCase();
  return { ...found, trigger: triggers.find((trigger) => trigger.name.toLowerCase() === name), dueDay };
}

/** Without what is decided for good; what was deferred waits for its day, however it was found. */
async function undecided(
  found: readonly AwaitedMoment[],
  deferred: readonly AwaitedMoment[],
  { org }: PlanParts,
): Promise<AwaitedMoment[]> {
  const byKey = new Map([...deferred, ...found].map((one) => [momentKey(one.moment), one]));
  const decided = await readAll([...byKey.keys()], org.surveys);
  return [...byKey].flatMap(([key, one]) => {
    const survey = decided.get(key);
    if (!survey) return [one];
    if (survey.status !== 'Deferred' || survey.notBefore === null) return [];
    return [{ ...one, dueDay: utcDay(survey.notBefore), since: survey.since }];
  });
}

/** A plan is worth having without them, too: a service that may not read campaigns says so. */
async function campaignsOf(
  surveys: readonly PlannedSurvey[],
  dates: Dates,
  org: Org,
): Promise<Pick<Plan, 'clashes' | 'campaignsProblem'>> {
  const contactIds = surveys.flatMap(({ outcome, contact }) =>
    outcome.status === 'Sent' && contact ? [contact.id] : [],
  );
  try {
    const found = await Promise.all(inParts(contactIds).map((some) => org.memberships(some, dates)));
    return { clashes: clashesWith(found.flat(), surveys), campaignsProblem: null };
  } catch (error) {
    const reason = reasonOf(error);
    return { clashes: [], campaignsProblem: `Campaigns cannot be read: ${reason}` };
  }
}

/** Reads by id or key, some at a time. */
async function readAll<T>(
  keys: readonly string[],
  read: (some: readonly string[]) => Promise<ReadonlyMap<string, T>>,
): Promise<Map<string, T>> {
  const found = await Promise.all(inParts(keys).map(read));
  return new Map(found.flatMap((some) => [...some]));
}

function inParts(keys: readonly string[]): string[][] {
  const wanted = [...new Set(keys)];
  const parts = Math.ceil(wanted.length / KEYS_A_READ);
  return Array.from({ length: parts }, (_, part) => wanted.slice(part * KEYS_A_READ, (part + 1) * KEYS_A_READ));
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}

/** The last moment of the plan's last UTC day. */
function endOf(now: Date, days: number): Date {
  return new Date((utcDay(now) + days + 1) * DAY_MS - 1);
}
