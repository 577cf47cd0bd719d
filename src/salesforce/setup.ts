import type { Trigger } from '../loop/ports.ts';
import { ALWAYS_OPEN, type BusinessCalendar } from '../nps/due.ts';
import type { RoutingRule } from '../nps/routing.ts';
import type { Settings } from '../nps/settings.ts';
import type { Calls, Row } from './calls.ts';
import { ROUTING_RULE_FIELDS, routingRuleOf } from './routing-rules.ts';
import { text, textAt } from './rows.ts';
import { postalAddressOf, SETTING_FIELDS, settingsOf } from './settings.ts';
import { TRIGGER_FIELDS, TRIGGER_TEXT_FIELDS, triggerOf } from './triggers.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** What admins set up: triggers, routing rules, settings, business hours and holidays. */
export interface Setup {
  /** Where the company can be written to, in one line; empty when nobody says where. */
  postalAddress: string;
  triggers: ReadonlyMap<string, Trigger>;
  routingRules: readonly RoutingRule[];
  /** Throws when the settings cannot be used. */
  settings: () => Settings;
  calendar: BusinessCalendar;
}

/** One call, as five queries fit into it. */
export async function readSetup(calls: Calls): Promise<Setup> {
  const hours = WEEKDAYS.flatMap((day) => [`${day}StartTime`, `${day}EndTime`]);
  const rows = await calls.select({
    triggers: `SELECT ${TRIGGER_FIELDS} FROM NPS_Trigger__mdt`,
    texts: `SELECT ${TRIGGER_TEXT_FIELDS} FROM NPS_Trigger_Text__mdt`,
    settings: `SELECT ${SETTING_FIELDS} FROM NPS_Setting__mdt WHERE DeveloperName = 'Default'`,
    hours: `SELECT ${hours} FROM BusinessHours WHERE IsDefault = true AND IsActive = true`,
    routingRules: `SELECT ${ROUTING_RULE_FIELDS} FROM NPS_Routing_Rule__mdt`,
    holidays: 'SELECT ActivityDate FROM Holiday WHERE IsAllDay = true AND ActivityDate != null',
  });
  const textsByTrigger = Map.groupBy(rows.texts, (row) => textAt(row, 'Trigger__r.DeveloperName'));
  return {
    postalAddress: postalAddressOf(rows.settings[0]),
    triggers: new Map(
      rows.triggers.map((row) => {
        const name = text(row.DeveloperName);
        return [name.toLowerCase(), triggerOf(row, textsByTrigger.get(name) ?? [])];
      }),
    ),
    routingRules: rows.routingRules.map(routingRuleOf),
    settings: () => settingsOf(rows.settings[0]),
    calendar: calendarOf(rows.hours[0], rows.holidays),
  };
}

function calendarOf(hours: Row | undefined, holidays: readonly Row[]): BusinessCalendar {
  if (!hours) return ALWAYS_OPEN;
  const open = WEEKDAYS.flatMap((day, index) => {
    const opens = minuteOf(hours[`${day}StartTime`]);
    const closes = minuteOf(hours[`${day}EndTime`]);
    // Salesforce writes a day that is open around the clock as midnight to midnight.
    return opens === null || closes === null
      ? []
      : [[index + 1, { opens, closes: closes === 0 ? 1440 : closes }] as const];
  });
  return { hours: new Map(open), holidays: new Set(holidays.map((row) => text(row.ActivityDate))) };
}

/** Minutes after midnight of a Salesforce time, "09:30:00.000Z"; null on a day without hours. */
function minuteOf(time: Row[string]): number | null {
  const parts = /^(\d{2}):(\d{2})/.exec(text(time));
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : null;
}
