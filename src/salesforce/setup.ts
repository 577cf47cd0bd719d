import type { Trigger } from '../loop/ports.ts';
import { offerProblem } from '../nps/choices.ts';
import type { Offerings } from '../nps/offerings.ts';
import type { RoutingRule } from '../nps/routing.ts';
import type { Segment } from '../nps/score.ts';
import type { Sequence } from '../nps/sequence.ts';
import { sequencesOf } from '../nps/sequence-step.ts';
import type { Settings } from '../nps/settings.ts';
import type { Calls, Row } from './calls.ts';
import { CHOICE_FIELDS, choiceOf, type RecordedChoice } from './choices.ts';
import { offeringsOf, ownLanguageOf } from './offerings.ts';
import { ROUTING_RULE_FIELDS, routingRuleOf } from './routing-rules.ts';
import { text, textAt } from './rows.ts';
import { STEP_FIELDS, stepOf } from './sequence-steps.ts';
import { postalAddressOf, SETTING_FIELDS, settingsOf } from './settings.ts';
import { TRIGGER_FIELDS, TRIGGER_TEXT_FIELDS, triggerOf } from './triggers.ts';

/** What admins set up for the programme: triggers, routing rules, sequences and settings. */
export interface Setup {
  /** Where the company can be written to, in one line; empty when nobody says where. */
  postalAddress: string;
  triggers: ReadonlyMap<string, Trigger>;
  routingRules: readonly RoutingRule[];
  sequences: ReadonlyMap<Segment, Sequence>;
  offerings: Offerings;
  /** Throws when the settings cannot be used. */
  settings: () => Settings;
}

/** What triggers say in other languages, by trigger. */
export type TriggerTexts = ReadonlyMap<string, readonly Row[]>;

export async function readTriggerTexts(calls: Calls): Promise<TriggerTexts> {
  const { texts } = await calls.select({ texts: `SELECT ${TRIGGER_TEXT_FIELDS} FROM NPS_Trigger_Text__mdt` });
  return Map.groupBy(texts, (row) => textAt(row, 'Trigger__r.DeveloperName') ?? '');
}

/** One call, as five queries fit into one. */
export async function readSetup(calls: Calls, texts: TriggerTexts): Promise<Setup> {
  const rows = await calls.select({
    triggers: `SELECT ${TRIGGER_FIELDS} FROM NPS_Trigger__mdt`,
    steps: `SELECT ${STEP_FIELDS} FROM NPS_Sequence_Step__mdt`,
    settings: `SELECT ${SETTING_FIELDS} FROM NPS_Setting__mdt WHERE DeveloperName = 'Default'`,
    routingRules: `SELECT ${ROUTING_RULE_FIELDS} FROM NPS_Routing_Rule__mdt`,
    choices: `SELECT ${CHOICE_FIELDS} FROM NPS_Choice__mdt`,
  });
  const recorded = rows.choices.map((row) => choiceOf(row, ownLanguageOf(rows.settings[0])));
  return {
    postalAddress: postalAddressOf(rows.settings[0]),
    triggers: new Map(
      rows.triggers.map((row) => {
        const name = text(row.DeveloperName);
        return [name.toLowerCase(), triggerOf(row, texts.get(name) ?? [])];
      }),
    ),
    routingRules: rows.routingRules.map(routingRuleOf),
    sequences: sequencesOf(rows.steps.flatMap(stepOf), choicesProblem(recorded)),
    offerings: { choices: recorded.flatMap(({ choice }) => choice ?? []), ...offeringsOf(rows.settings[0]) },
    settings: () => settingsOf(rows.settings[0]),
  };
}

/** Why the choices cannot be offered, by their records; null when they can. */
function choicesProblem(recorded: readonly RecordedChoice[]): string | null {
  const problems = recorded.flatMap(({ problem }) => problem ?? []);
  if (problems.length > 0) return problems.join(' ');
  return offerProblem(recorded.flatMap(({ choice }) => choice ?? []));
}
