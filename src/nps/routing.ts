import { inWords } from './developer-name.ts';
import type { Trend } from './numbers.ts';
import { saidPhrase } from './phrases.ts';
import { type Score, type Segment, segmentOf } from './score.ts';
import type { Sentiment } from './sentiment.ts';
import type { NoticeFacts } from './steps/step-kind.ts';
import type { OwnerRole } from './task-owner.ts';

/** What a rule asks of an answer and its account; what is null or empty asks nothing, and all of the rest must hold. */
export interface RoutingConditions {
  segment: Segment | null;
  lowestScore: number | null;
  highestScore: number | null;
  /** Points that the person's answer lies below their own one before: 9 then 7 is worse than 5 then 7. */
  minimumDrop: number | null;
  trend: Trend | null;
  /** In the org's own currency. */
  minimumRevenue: number | null;
  renewalWithinDays: number | null;
  /** SOQL without WHERE that the account must meet; the org judges it. */
  accountCondition: string | null;
  /** The comment says one of these; see `saidPhrase`. */
  phrases: readonly string[];
  sentiment: Sentiment | null;
  trigger: string | null;
}

/** One rule as an admin wrote it: which answers make which Task, and whom they are told to. */
export interface RoutingRule extends RoutingConditions {
  name: string;
  active: boolean;
  /** Rules are gone through from the smallest number on. */
  order: number;
  /** An answer makes one Task of a kind: that of the first rule that fits. */
  kind: string;
  ownerRole: OwnerRole;
  /** Username or queue that the role names; null for the other roles. */
  ownerName: string | null;
  priority: TaskPriority;
  dueHours: number;
  /** What the Task is for, before the customer's name: "call". */
  label: string;
  /** Who is notified besides; null for nobody. A queue has no bell. */
  notifyRole: Exclude<OwnerRole, 'Queue'> | null;
  /** Username that the role User names; null for the other roles. */
  notifyName: string | null;
  /** What is wrong with its record, in a sentence; such a rule makes no Task and stops no other. */
  problem: string | null;
}

export type TaskPriority = 'High' | 'Normal' | 'Low';

/** What rules are held against. */
export interface RoutingFacts {
  score: Score;
  /** The same person's counted answer before this one. */
  previousScore: Score | null;
  comment: string;
  /** What the comment sounds like; null where nobody can tell. */
  sentiment: Sentiment | null;
  trigger: string;
  trend: Trend;
  revenue: number | null;
  daysToRenewal: number | null;
  /** The account conditions of rules that the account meets. */
  meets: ReadonlySet<string>;
}

/** A rule that fits an answer, and why, in parts of a sentence. */
export interface Routed {
  rule: RoutingRule;
  because: readonly string[];
}

/** The Tasks an answer asks for: of each kind the first rule that fits, in the order of the rules. */
export function route(rules: readonly RoutingRule[], facts: RoutingFacts): Routed[] {
  const kinds = new Set<string>();
  return rules
    .filter(({ active, problem }) => active && problem === null)
    .toSorted((one, other) => one.order - other.order || (one.name < other.name ? -1 : 1))
    .flatMap((rule) => {
      const kind = rule.kind.toLowerCase();
      const because = kinds.has(kind) ? undefined : reasons(rule, facts);
      if (!because) return [];
      kinds.add(kind);
      return [{ rule, because }];
    });
}

/** Why a Task was made, for whoever has to do it. */
export function explanation({ rule, because }: Routed): string {
  const why = because.length > 0 ? because.join('; ') : 'it holds for every answer';
  return `Why this Task: the routing rule ${rule.name}, because ${why}.`;
}

/** What whoever a rule notifies reads. */
export function ruleNotice({ rule }: Routed, { score, who, due }: NoticeFacts): string {
  return `NPS ${score} from ${who}: ${rule.label}. By the routing rule ${rule.name}.${due === null ? '' : ` Due ${due}.`}`;
}

/** A part of a sentence for each condition of the rule; undefined as soon as one does not hold. */
function reasons(rule: RoutingRule, facts: RoutingFacts): string[] | undefined {
  const held = CONDITIONS.map((condition) => condition(rule, facts)).filter((reason) => reason !== NOT_ASKED);
  return held.includes(FAILS) ? undefined : held.filter((reason) => reason !== FAILS);
}

const NOT_ASKED = null;
const FAILS = false;
type Condition = (rule: RoutingRule, facts: RoutingFacts) => string | typeof FAILS | typeof NOT_ASKED;

const CONDITIONS: readonly Condition[] = [
  ({ segment }, { score }) =>
    segment === null ? NOT_ASKED : segmentOf(score) === segment && `${score} is the score of a ${segment}`,

  ({ lowestScore, highestScore }, { score }) => {
    if (lowestScore === null && highestScore === null) return NOT_ASKED;
    const [from, to] = [lowestScore ?? 0, highestScore ?? 10];
    return score >= from && score <= to && `the score ${score} is from ${from} to ${to}`;
  },

  ({ minimumDrop }, { score, previousScore }) => {
    if (minimumDrop === null) return NOT_ASKED;
    const hasDropped = previousScore !== null && previousScore - score >= minimumDrop;
    return hasDropped && `the same person gave ${previousScore} before`;
  },

  ({ trend }, facts) => (trend === null ? NOT_ASKED : facts.trend === trend && `the account's trend is ${trend}`),

  ({ minimumRevenue }, { revenue }) => {
    if (minimumRevenue === null) return NOT_ASKED;
    return revenue !== null && revenue >= minimumRevenue && `the account's revenue is ${minimumRevenue} or more`;
  },

  ({ renewalWithinDays }, { daysToRenewal }) => {
    if (renewalWithinDays === null) return NOT_ASKED;
    const isNear = daysToRenewal !== null && daysToRenewal <= renewalWithinDays;
    return isNear && `the contract ends in ${daysToRenewal} days`;
  },

  ({ accountCondition }, { meets }) =>
    accountCondition === null ? NOT_ASKED : meets.has(accountCondition) && `the account meets ${accountCondition}`,

  ({ phrases }, { comment }) => {
    if (phrases.length === 0) return NOT_ASKED;
    const said = saidPhrase(comment, phrases);
    return said !== undefined && `the comment says "${said}"`;
  },

  (rule, { sentiment }) =>
    rule.sentiment === null
      ? NOT_ASKED
      : rule.sentiment === sentiment && `the comment sounds ${sentiment.toLowerCase()}`,

  (rule, { trigger }) => {
    if (rule.trigger === null) return NOT_ASKED;
    return rule.trigger.toLowerCase() === trigger.toLowerCase() && `it was asked because of ${inWords(trigger)}`;
  },
];
