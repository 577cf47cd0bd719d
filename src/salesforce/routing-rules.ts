import { z } from 'zod';
import type { RoutingRule } from '../nps/routing.ts';
import { LAST_ORDER, ruleProblem, ruleProblems } from '../nps/routing-record.ts';
import type { Row } from './calls.ts';
import { text, textOrNull } from './rows.ts';

const DAY_TO_ACT_HOURS = 24;

const number = z.number('must be a number').nullish().default(null);
const oneOf = <Name extends string>(names: readonly [Name, ...Name[]]) =>
  z.enum(names, `must be ${names.join(', ')}`).nullish();

const lines = z
  .string()
  .nullish()
  .transform((value) =>
    (value ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  );

const RULE = z.object({
  Active__c: z.boolean().nullish(),
  Order__c: number,
  Kind__c: z.string().nullish(),
  Segment__c: oneOf(['Promoter', 'Passive', 'Detractor']),
  Lowest_Score__c: number,
  Highest_Score__c: number,
  Minimum_Drop__c: number,
  Trend__c: oneOf(['Improving', 'Stable', 'Declining', 'Not enough data']),
  Minimum_Revenue__c: number,
  Renewal_Within_Days__c: number,
  Account_Condition__c: z.string().nullish(),
  Phrases__c: lines,
  Sentiment__c: oneOf(['Positive', 'Neutral', 'Negative']),
  Trigger__c: z.string().nullish(),
  Owner__c: oneOf(['CSM', 'CSM Manager', 'Account Owner', 'User', 'Queue']),
  Owner_Name__c: z.string().nullish(),
  Priority__c: oneOf(['High', 'Normal', 'Low']),
  Due_Hours__c: number,
  Label__c: z.string().nullish(),
  Notify__c: oneOf(['CSM', 'CSM Manager', 'Account Owner', 'User']),
  Notify_Username__c: z.string().nullish(),
});

/** The fields of NPS_Routing_Rule__mdt that the service reads. */
export const ROUTING_RULE_FIELDS = ['DeveloperName', ...Object.keys(RULE.shape)];

/** Reads one NPS Routing Rule record. What is wrong with it is said in a sentence and disables this rule alone. */
export function routingRuleOf(row: Row): RoutingRule {
  const name = text(row.DeveloperName);
  const result = RULE.safeParse(row);
  const strange = result.error?.issues ?? [];
  // What cannot be understood is left out, so that the rest of the record can be judged with it.
  const left = strange.map(({ path: [field] }) => [String(field), null]);
  const values = result.data ?? RULE.parse({ ...row, ...Object.fromEntries(left) });
  const rule = {
    name,
    active: values.Active__c === true,
    order: values.Order__c ?? LAST_ORDER,
    kind: textOrNull(values.Kind__c) ?? name,
    segment: values.Segment__c ?? null,
    lowestScore: values.Lowest_Score__c,
    highestScore: values.Highest_Score__c,
    minimumDrop: values.Minimum_Drop__c,
    trend: values.Trend__c ?? null,
    minimumRevenue: values.Minimum_Revenue__c,
    renewalWithinDays: values.Renewal_Within_Days__c,
    accountCondition: textOrNull(values.Account_Condition__c),
    phrases: values.Phrases__c,
    sentiment: values.Sentiment__c ?? null,
    trigger: textOrNull(values.Trigger__c),
    ownerRole: values.Owner__c ?? 'CSM',
    ownerName: textOrNull(values.Owner_Name__c),
    priority: values.Priority__c ?? 'Normal',
    dueHours: values.Due_Hours__c ?? DAY_TO_ACT_HOURS,
    label: text(values.Label__c),
    notifyRole: values.Notify__c ?? null,
    notifyName: textOrNull(values.Notify_Username__c),
  } as const;
  const problems = [...strange.map(({ path, message }) => `${path.join('.')} ${message}`), ...ruleProblems(rule)];
  // A record that is switched off may still be unfinished.
  return { ...rule, problem: rule.active ? ruleProblem(name, problems) : null };
}
