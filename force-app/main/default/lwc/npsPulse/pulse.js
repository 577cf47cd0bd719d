import { countsOf, DAY_MS, netPromoter, newestOfEach } from 'c/npsAnswers';
import { rowsOf } from 'c/npsGraph';

/** How far back answers count before the first metrics are there: as *Rolling Window in Days* ships. */
const SHIPPED_WINDOW_DAYS = 365;
export const WEEKS = 13;
/** A promoter is asked for something while the answer is fresh. */
const FRESH_DAYS = 90;
export const WEEK_MS = 7 * DAY_MS;

/** How many days back answers count, from the metrics of the last night. */
export function readWindow(connection) {
  return rowsOf(connection)[0]?.Window_Days__c ?? SHIPPED_WINDOW_DAYS;
}

/** Answers are read from this moment on: those that count, and those of the weeks that are shown. */
export function readFrom(now, windowDays) {
  return new Date(now - Math.max(windowDays * DAY_MS, WEEKS * WEEK_MS)).toISOString();
}

export function readAnswers(connection) {
  return rowsOf(connection).map((row) => ({
    id: row.Id,
    key: row.Response_Key__c,
    score: row.Score__c,
    segment: row.Segment__c,
    respondedAt: row.Responded_At__c,
    contactId: row.Contact__c,
    contact: row.Contact__r?.Name ?? null,
    account: row.Account__r?.Name ?? null,
    followUpDue: row.Follow_Up_Due__c,
    isFollowedUp: Boolean(row.First_Follow_Up_At__c),
    isResolved: row.Resolved__c === true,
    wasAsked: Boolean(row.Advocacy_Asked_At__c),
  }));
}

/** The score of the programme: each person's newest answer of the last `windowDays` before `now`. */
export function scoreOf(answers, now, windowDays) {
  const inWindow = answers.filter(({ respondedAt }) => Date.parse(respondedAt) >= now - windowDays * DAY_MS);
  const counts = countsOf(newestOfEach(inWindow));
  return { ...netPromoter(counts), counts };
}

/** Answers of each of the last weeks before `now`, oldest first: a week is seven days, the last one ends now. */
export function weeksOf(answers, now) {
  const weeks = Array.from({ length: WEEKS }, () => 0);
  for (const { respondedAt } of answers) {
    const ago = Math.floor((now - Date.parse(respondedAt)) / WEEK_MS);
    if (ago >= 0 && ago < WEEKS) weeks[WEEKS - 1 - ago] += 1;
  }
  return weeks;
}

/**
 * Detractors whose loop is not closed: nobody followed up yet, by deadline, late ones apart; or followed up, not resolved.
 */
export function openDetractors(answers, now) {
  const detractors = answers.filter(({ segment }) => segment === 'Detractor');
  const unanswered = detractors
    .filter(({ isFollowedUp }) => !isFollowedUp)
    .toSorted((one, other) => dueOf(one) - dueOf(other));
  return {
    overdue: unanswered.filter((answer) => dueOf(answer) < now),
    waiting: unanswered.filter((answer) => dueOf(answer) >= now),
    unresolved: detractors.filter(({ isFollowedUp, isResolved }) => isFollowedUp && !isResolved),
  };
}

/** People whose newest answer is a fresh 9 or 10 and whom no answer of theirs has led to ask for anything; newest first. */
export function promotersToAsk(answers, now) {
  const asked = new Set(answers.filter(({ wasAsked }) => wasAsked).map(({ contactId }) => contactId));
  return newestOfEach(answers)
    .filter(({ segment, contactId }) => segment === 'Promoter' && contactId !== null && !asked.has(contactId))
    .filter(({ respondedAt }) => Date.parse(respondedAt) >= now - FRESH_DAYS * DAY_MS)
    .toSorted((one, other) => Date.parse(other.respondedAt) - Date.parse(one.respondedAt));
}

function dueOf({ followUpDue, respondedAt }) {
  return Date.parse(followUpDue ?? respondedAt);
}
