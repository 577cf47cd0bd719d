import type { RoutingRule } from './routing.ts';

/** The order of a rule that says none. */
export const LAST_ORDER = 999;
const MOST_DUE_HOURS = 2160;

/** What is wrong with a routing rule by itself, each part naming its field; conditions are judged by the org. */
export function ruleProblems(rule: Omit<RoutingRule, 'problem'>): string[] {
  const { order, lowestScore, highestScore, minimumDrop, minimumRevenue, renewalWithinDays, dueHours } = rule;
  const needsName = rule.ownerRole === 'User' || rule.ownerRole === 'Queue';
  return [
    outside('Order__c', order, 1, LAST_ORDER),
    outside('Lowest_Score__c', lowestScore, 0, 10),
    outside('Highest_Score__c', highestScore, 0, 10),
    outside('Minimum_Drop__c', minimumDrop, 1, 10),
    outside('Due_Hours__c', dueHours, 1, MOST_DUE_HOURS),
    (lowestScore ?? 0) > (highestScore ?? 10) &&
      `Lowest_Score__c is ${lowestScore}, which is more than Highest_Score__c, ${highestScore}`,
    (minimumRevenue ?? 0) < 0 && `Minimum_Revenue__c is ${minimumRevenue}, but must not be negative`,
    (renewalWithinDays ?? 0) < 0 && `Renewal_Within_Days__c is ${renewalWithinDays}, but must not be negative`,
    rule.kind.includes(';') && 'Kind__c has a semicolon, which parts kinds of Tasks on a response',
    rule.label === '' && 'Label__c is empty; it says what the Task is for, such as call',
    needsName &&
      rule.ownerName === null &&
      `Owner_Name__c is empty, but Owner__c is ${rule.ownerRole}; name a username, or the DeveloperName of a queue`,
    rule.notifyRole === 'User' &&
      rule.notifyName === null &&
      'Notify_Username__c is empty, but Notify__c is User; name a username',
  ].filter((problem) => problem !== false);
}

function outside(field: string, value: number | null, min: number, max: number): string | false {
  const isFine = value === null || (Number.isInteger(value) && value >= min && value <= max);
  return !isFine && `${field} is ${value}, but must be a whole number from ${min} to ${max}`;
}

/** The sentence about a rule that cannot be used; null when nothing is wrong with it. */
export function ruleProblem(name: string, problems: readonly string[]): string | null {
  return problems.length === 0 ? null : `The NPS Routing Rule record ${name} cannot be used: ${problems.join('; ')}.`;
}
