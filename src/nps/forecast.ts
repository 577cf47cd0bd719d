/** What became of the surveys of a span of time; tests are left out. */
export interface SurveyHistory {
  /** Surveys that reached somebody. */
  sent: number;
  /** Those of them that were answered. */
  answered: number;
  /** Answers that count, and how many of them are detractors'. */
  counted: number;
  detractors: number;
}

/** A share between 0 and 1, and what it rests on. */
export interface Share {
  value: number;
  /** How many it was counted over. */
  of: number;
  /** Too few were counted: the value is an assumption, stated where it is shown. */
  assumed: boolean;
}

export interface Rates {
  /** Answers per survey. */
  response: Share;
  /** Detractors per answer; each of them becomes a Task. */
  detractors: Share;
}

/** Below this many a share says more about chance than about customers: at 30 it is still 18 points wide either way. */
export const ENOUGH = 30;
export const ASSUMED_RESPONSE_RATE = 0.25;
export const ASSUMED_DETRACTORS = 0.2;

/** Surveys younger than this many days may still be answered and are no history yet. */
export const DAYS_TO_ANSWER = 14;
export const HISTORY_DAYS = 365;

/** The org's own rates, or the assumed ones while there are too few surveys or answers to tell. */
export function ratesOf({ sent, answered, counted, detractors }: SurveyHistory): Rates {
  return {
    response: share(answered, sent, ASSUMED_RESPONSE_RATE),
    detractors: share(detractors, counted, ASSUMED_DETRACTORS),
  };
}

function share(part: number, of: number, assumption: number): Share {
  const assumed = of < ENOUGH;
  return { value: assumed ? assumption : part / of, of, assumed };
}

/** Answers and Tasks to expect from a number of surveys, not rounded. */
export function expected(surveys: number, { response, detractors }: Rates): { answers: number; tasks: number } {
  const answers = surveys * response.value;
  return { answers, tasks: answers * detractors.value };
}

/** An expectation as people may read it: it never looks more exact than it is. */
export function roughly(value: number): string {
  if (value === 0) return '0';
  return value < 0.5 ? 'under 1' : `about ${Math.round(value)}`;
}
