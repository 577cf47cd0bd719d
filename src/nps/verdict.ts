import { MINUTE_MS } from './days.ts';

/**
 * How sure we are that a person answered. Scanners fetch every link, and some run scripts and submit forms; none
 * produces a trusted gesture on the button or writes a comment.
 */
export type Evidence = 'gesture' | 'comment' | 'reply' | 'script' | 'bare';

export type Verdict = 'Provisional' | 'Unresolved' | 'Accepted' | 'Confirmed' | 'Void';

/** Something a visitor did with a survey's links. */
export interface Sighting {
  kind: 'fetched' | 'page-ran' | 'posted';
  /** Which of them. */
  link: string;
  visitor: string;
  at: Date;
}

export interface Judgement {
  verdict: Verdict;
  /** A sentence for `Verdict_Reason__c`. */
  reason: string;
}

/** One visitor opening this many different links within a minute is a machine reading a mail, not a person. */
const LINKS_OF_A_SCANNER = 4;

const REASONS: Record<Evidence, string> = {
  gesture: 'The button was pressed by a person.',
  comment: 'The answer came with a comment.',
  reply: 'The customer wrote the score in a mail.',
  script: 'The page ran in a visible browser window, but nobody was seen pressing the button.',
  bare: 'The form arrived without its script having run.',
};

/** True for a verdict whose answer counts in an account's numbers and starts follow-up. */
export function counts(verdict: Verdict): boolean {
  return verdict === 'Confirmed' || verdict === 'Accepted';
}

/** The evidence a submitted answer brings along. */
export function evidenceOf(form: { comment: string; gesture: boolean; script: boolean }): Evidence {
  if (form.gesture) return 'gesture';
  if (form.comment.trim() !== '') return 'comment';
  return form.script ? 'script' : 'bare';
}

/** The verdict on an answer at the moment it arrives: proof of a person confirms it, anything less must wait. */
export function firstVerdict(evidence: Evidence): Judgement {
  const confirmed = evidence === 'gesture' || evidence === 'comment' || evidence === 'reply';
  return { verdict: confirmed ? 'Confirmed' : 'Provisional', reason: REASONS[evidence] };
}

/** True once a provisional answer has waited long enough to be judged again. */
export function quarantineIsOver(answeredAt: Date, now: Date, quarantineMinutes: number): boolean {
  return now.getTime() - answeredAt.getTime() >= quarantineMinutes * MINUTE_MS;
}

/**
 * The verdict on a provisional answer after its quarantine: it counts unless one visitor went through many links
 * within a minute. Such an answer is kept unresolved for a person to decide; it is never thrown away.
 */
export function laterVerdict(sightings: readonly Sighting[], quarantineMinutes: number): Judgement {
  const visitors = [...new Set(sightings.map(({ visitor }) => visitor))];
  return visitors.some((visitor) => isScanner(visitor, sightings))
    ? {
        verdict: 'Unresolved',
        reason: 'One visitor opened many of the links within a minute, as link scanners do.',
      }
    : { verdict: 'Accepted', reason: `Nothing spoke against it within ${quarantineMinutes} minutes.` };
}

/** True for a visitor who went through many of a survey's links within a minute. */
export function isScanner(visitor: string, sightings: readonly Sighting[]): boolean {
  const own = sightings.filter((one) => one.visitor === visitor);
  return own.some(({ at: start }) => {
    const soon = own.filter(({ at }) => at >= start && at.getTime() < start.getTime() + MINUTE_MS);
    return new Set(soon.map(({ link }) => link)).size >= LINKS_OF_A_SCANNER;
  });
}
