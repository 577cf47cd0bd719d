/** What can become of a mail, named as its events are; a block is a bounce of another type. */
export const FATES = ['delivered', 'bounce', 'blocked', 'dropped', 'spamreport', 'unsubscribe'] as const;
export type Fate = (typeof FATES)[number];

/** What a person calls it. */
export const LABELS: Record<Fate, string> = {
  delivered: 'Delivered',
  bounce: 'Bounced',
  blocked: 'Blocked by the server',
  dropped: 'Dropped by SendGrid',
  spamreport: 'Marked as spam',
  unsubscribe: 'Unsubscribed at SendGrid',
};

const BY_LOCAL_PART: [RegExp, Fate[]][] = [
  [/^bounce/i, ['bounce']],
  [/^block/i, ['blocked']],
  [/^drop/i, ['dropped']],
  [/^spam/i, ['delivered', 'spamreport']],
];

/** What becomes of a mail to an address: it is delivered, unless the address begins with another fate. */
export function fatesOf(address: string): readonly Fate[] {
  return BY_LOCAL_PART.find(([pattern]) => pattern.test(address))?.[1] ?? ['delivered'];
}

const SAID: Record<Fate, Record<string, string>> = {
  delivered: { event: 'delivered', response: '250 2.0.0 OK' },
  bounce: {
    ...{ event: 'bounce', type: 'bounce', status: '5.1.1' },
    reason: '550 5.1.1 The email account that you tried to reach does not exist',
  },
  blocked: {
    ...{ event: 'bounce', type: 'blocked', status: '5.7.1' },
    reason: '550 5.7.1 Message refused by the policy of this server',
  },
  dropped: { event: 'dropped', reason: 'Bounced Address', status: '5.0.0' },
  spamreport: { event: 'spamreport' },
  unsubscribe: { event: 'unsubscribe' },
};

/** The event's own fields, as SendGrid posts them. */
export function saidOf(fate: Fate): Record<string, string> {
  return SAID[fate];
}

/** The flag of a webhook's settings that lets an event through. */
export function flagOf(fate: Fate): string {
  return { blocked: 'bounce', spamreport: 'spam_report' }[fate as string] ?? fate;
}
