import type { Clash } from '../../nps/clashes.ts';
import type { Rates } from '../../nps/forecast.ts';
import type { PlannedSurvey } from '../../nps/plan.ts';
import type { PlanSummary } from '../../nps/plan-summary.ts';

export interface PlanOptions {
  /** How many days after today the plan reaches. */
  days: number;
  /** Shows inactive triggers as if an admin had activated them. */
  asIfActive: boolean;
}

/** A trigger as the plan takes it. */
export interface PlannedTrigger {
  name: string;
  active: boolean;
  /** YYYY-MM-DD */
  activeFrom: string | null;
  /** False when only events bring its moments, which nobody can foresee. */
  foreseeable: boolean;
  /** Why its moments cannot be looked for; null when they can. */
  problem: string | null;
}

/** What the coming days would send if nothing changed in the org. Dates are YYYY-MM-DD, both ends included. */
export interface Plan extends PlanOptions {
  company: string;
  from: string;
  to: string;
  triggers: readonly PlannedTrigger[];
  surveys: readonly PlannedSurvey[];
  rates: Rates;
  /** Surveys that reach members of campaigns that run on that day. */
  clashes: readonly Clash[];
  /** Why campaigns could not be read; null when they were. */
  campaignsProblem: string | null;
  summary: PlanSummary;
}

export type Planner = (options: PlanOptions) => Promise<Plan>;
