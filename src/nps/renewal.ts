import { DAY_MS, utcDate } from './days.ts';
import type { Segment } from './score.ts';

/** What a renewal mail says, by how the account stands, and the template that says it. */
export const RENEWAL_TEMPLATES = {
  Accomplishments: 'renewal-accomplishments',
  'Check-In': 'renewal-check-in',
  'Issue Acknowledgment': 'renewal-acknowledgment',
  Neutral: 'renewal-neutral',
} as const;
export type RenewalBranch = keyof typeof RENEWAL_TEMPLATES;
export type RenewalTemplate = (typeof RENEWAL_TEMPLATES)[RenewalBranch];

/** A counted answer of the account's, and whether more is still to follow it. */
export interface AnswerOnRecord {
  contactId: string | null;
  segment: Segment;
  respondedAt: Date;
  /** Its sequence has a step to come, or waits for somebody to resume it. */
  sequence: 'runs' | 'is paused' | 'is over';
}

const BRANCH_OF: Readonly<Record<Segment, RenewalBranch>> = {
  Promoter: 'Accomplishments',
  Passive: 'Check-In',
  Detractor: 'Issue Acknowledgment',
};

const WORST_FIRST: readonly Segment[] = ['Detractor', 'Passive', 'Promoter'];

/**
 * Which mail a contact gets before the account renews, or what it has to wait for. Of the account's newest answer and
 * the contact's own the worse counts: nobody unhappy is told how well it went. Answers older than `windowDays` say
 * nothing any more. While something still follows a Detractor's answer, nobody at the account is written to.
 */
export function renewalBranch(
  answers: readonly AnswerOnRecord[],
  contactId: string,
  { now, windowDays }: { now: Date; windowDays: number },
): { branch: RenewalBranch } | { waitsFor: string } {
  const recent = answers.filter(({ respondedAt }) => respondedAt.getTime() >= now.getTime() - windowDays * DAY_MS);
  const unfinished = recent.find(({ segment, sequence }) => segment === 'Detractor' && sequence !== 'is over');
  if (unfinished) {
    const { respondedAt, sequence } = unfinished;
    return { waitsFor: `The sequence after the Detractor answer of ${utcDate(respondedAt)} ${stillDoing(sequence)}.` };
  }
  const said = [newest(recent), newest(recent.filter((answer) => answer.contactId === contactId))];
  const worst = WORST_FIRST.find((segment) => said.some((answer) => answer?.segment === segment));
  return { branch: worst ? BRANCH_OF[worst] : 'Neutral' };
}

const stillDoing = (sequence: AnswerOnRecord['sequence']) => (sequence === 'runs' ? 'still runs' : sequence);

function newest(answers: readonly AnswerOnRecord[]): AnswerOnRecord | undefined {
  return answers.toSorted((one, other) => other.respondedAt.getTime() - one.respondedAt.getTime())[0];
}
