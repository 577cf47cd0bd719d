/** The date a survey took on its account and on its contact, and what stood there before. */
export interface AskedDate {
  at: Date;
  accountBefore: Date | null;
  contactBefore: Date | null;
}

/**
 * What stands on an account or contact once a survey that reached nobody has given its date back: what stood there
 * before, unless somebody else has set another date since. Salesforce keeps whole seconds.
 */
export function afterGivingBack(taken: Date, before: Date | null, current: Date | null): Date | null {
  return current !== null && seconds(current) === seconds(taken) ? before : current;
}

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);
