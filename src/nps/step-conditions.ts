import type { Happened } from './happened.ts';

interface Condition {
  holds(happened: Happened): boolean;
  /** What never comes to hold later on is not waited for: its step is passed over when its time has come. */
  mayStillHold: boolean;
}

const waitedFor = (holds: Condition['holds']): Condition => ({ holds, mayStillHold: true });
const judgedOnce = (holds: Condition['holds']): Condition => ({ holds, mayStillHold: false });

/** What must be so on the response for a step to be taken, by the value of Condition__c. */
export const STEP_CONDITIONS = {
  'Customer Silent': judgedOnce(({ replied, followedUp, accepted }) => !replied && !followedUp && !accepted),
  'Actions Taken': waitedFor(({ actionsTaken }) => actionsTaken),
  Resolved: waitedFor(({ resolved }) => resolved),
  'Loop Closed': waitedFor(({ followedUp, resolved }) => followedUp && resolved),
  'Not Followed Up': judgedOnce(({ followedUp }) => !followedUp),
  'Owner Is Not CSM': judgedOnce(({ ownerIsCsm }) => !ownerIsCsm),
  'Ask Open': judgedOnce(({ askOpen }) => askOpen),
  'Ask Followed': waitedFor(({ askFollowed }) => askFollowed),
  'Referral Instead': judgedOnce(({ askOpen, referralLeft }) => askOpen && referralLeft),
  'Success Story': judgedOnce(({ storyToTell }) => storyToTell),
} as const satisfies Record<string, Condition>;

export type StepCondition = keyof typeof STEP_CONDITIONS;

/** Whether a step may be taken now; of one that may not, whether it is worth waiting. */
export function judged(condition: StepCondition | null, happened: Happened): 'take' | 'wait' | 'pass over' {
  if (condition === null) return 'take';
  const { holds, mayStillHold } = STEP_CONDITIONS[condition];
  if (holds(happened)) return 'take';
  return mayStillHold ? 'wait' : 'pass over';
}
