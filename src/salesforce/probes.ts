import type { Trigger } from '../loop/ports.ts';
import type { MomentSource } from '../nps/due-moments.ts';
import type { RoutingRule } from '../nps/routing.ts';
import { ruleProblem } from '../nps/routing-record.ts';
import type { Settings } from '../nps/settings.ts';
import { sourceProblems } from '../nps/source-problems.ts';
import { problemOf } from '../nps/trigger-record.ts';
import type { Calls } from './calls.ts';
import { momentConditions, momentFields } from './due-moments.ts';
import type { SalesforceError } from './salesforce-error.ts';
import { conditionProbe, settingProbes } from './setting-probes.ts';

/** What is wrong, by the org's own judgement, with what admins named. */
export interface Findings {
  /** A sentence by the trigger's name; a trigger that is not here can be searched. */
  triggers: ReadonlyMap<string, string>;
  /** The same for routing rules. */
  routingRules: ReadonlyMap<string, string>;
  /** Parts of a sentence, each naming a field of the settings. */
  settings: string[];
}

/**
 * Asks the org to run every query that admins had a hand in, for no rows at all: it judges objects, fields, grants and
 * conditions as it will when it matters. Two calls for four triggers and the settings, more only where something is wrong.
 */
export async function askTheOrg(
  calls: Calls,
  triggers: readonly Trigger[],
  rules: readonly RoutingRule[],
  settings: Settings | undefined,
): Promise<Findings> {
  const searched = triggers.flatMap(({ name, source, problem }) => (source && !problem ? [{ name, source }] : []));
  const set = settings ? settingProbes(settings) : [];
  const conditions = rules.flatMap(({ name, active, accountCondition, problem }) =>
    active && accountCondition !== null && problem === null
      ? [{ name, probe: conditionProbe('Account_Condition__c', 'Account', accountCondition) }]
      : [],
  );
  const answers = await calls.probe([
    ...searched.map(({ source }) => momentProbe(source)),
    ...set.map(({ soql }) => soql),
    ...conditions.map(({ probe }) => probe.soql),
  ]);
  const refused = searched.flatMap((one, index) => {
    const error = answers[index];
    return error ? [{ ...one, error }] : [];
  });
  return {
    triggers: new Map(await Promise.all(refused.map((one) => explained(calls, one)))),
    settings: set.flatMap(({ wrong }, index) => {
      const error = answers[searched.length + index];
      return error ? [wrong(reasonOf(error))] : [];
    }),
    routingRules: new Map(
      conditions.flatMap(({ name, probe }, index) => {
        const error = answers[searched.length + set.length + index];
        return error ? [[name, ruleProblem(name, [probe.wrong(reasonOf(error))]) ?? '']] : [];
      }),
    ),
  };
}

async function explained(
  calls: Calls,
  { name, source, error }: { name: string; source: MomentSource; error: SalesforceError },
): Promise<[string, string]> {
  const [fields, [bare]] = await Promise.all([
    calls.visibleFields(source.object),
    calls.probe([momentProbe({ ...source, condition: null })]),
  ]);
  const problems = sourceProblems(source, fields, {
    reason: reasonOf(error),
    withoutCondition: bare ? reasonOf(bare) : null,
  });
  return [name, problemOf(name, problems) ?? ''];
}

/** The trigger's own query. TODAY is a date to fields of either kind, and refused by those of no date. */
function momentProbe(source: MomentSource): string {
  const { object, dateField } = source;
  const conditions = [`${dateField} >= TODAY`, ...momentConditions(source)];
  return `SELECT ${momentFields(source)} FROM ${object} WHERE ${conditions.join(' AND ')} ORDER BY ${dateField}, Id LIMIT 0`;
}

const LONGEST_REASON = 300;

/** What the org said, in one line: its messages repeat the query and point into it with line ends and spaces. */
function reasonOf(error: SalesforceError): string {
  return error.message
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST_REASON)
    .replace(/[.;\s]+$/, '');
}
