/** What a promoter can be asked for. */
export const ASKS = ['AppExchange Review', 'G2 Review', 'Case Study', 'Referral'] as const;
export type Ask = (typeof ASKS)[number];

/** Those a thank-you makes, in the order in which they take turns; a referral comes instead of one that was not followed. */
export const FIRST_ASKS = ['AppExchange Review', 'G2 Review', 'Case Study'] as const satisfies readonly Ask[];

/** An ask's name in links and in the wording. */
export const ASK_CODES: Readonly<Record<Ask, string>> = {
  'AppExchange Review': 'appexchange',
  'G2 Review': 'g2',
  'Case Study': 'case-study',
  Referral: 'referral',
};

/** True for what is done on somebody else's site; for anything else the CSM is in touch. */
export function needsAddress(ask: Ask): boolean {
  return ask === 'AppExchange Review' || ask === 'G2 Review';
}

export function askFrom(code: string): Ask | undefined {
  return ASKS.find((ask) => ASK_CODES[ask] === code);
}

/** Something that happened to an ask of one response: it was chosen for a mail, the mail left, the customer followed. */
export interface AskEntry {
  ask: Ask;
  what: 'chosen' | 'asked' | 'followed';
  at: Date;
}

/** The ask that stands on a response. */
export interface StandingAsk {
  ask: Ask;
  /** Null where the mail's receipt is still on its way. */
  askedAt: Date | null;
  followedAt: Date | null;
}

/** What is known of the asks of one response; `completed` is the one that a CSM says was done. */
export interface Advocacy {
  log: readonly AskEntry[];
  completed: Ask | null;
}

export const NO_ASKS: Advocacy = { log: [], completed: null };

/** The log with one entry more, oldest first. An ask is asked and followed once: told twice, the earlier time stands. */
export function withEntry(log: readonly AskEntry[], entry: AskEntry): AskEntry[] {
  const isSame = ({ ask, what }: AskEntry) => ask === entry.ask && what === entry.what;
  const earliest = [...log.filter(isSame), entry].toSorted(byTime)[0] ?? entry;
  return [...log.filter((one) => !isSame(one)), earliest].toSorted(byTime);
}

/** The ask followed last, or else the one made last: what somebody took up is worth more than what came after it. */
export function standingAsk(log: readonly AskEntry[]): StandingAsk | null {
  const inOrder = log.filter(({ what }) => what !== 'chosen').toSorted(byTime);
  const last = inOrder.findLast(({ what }) => what === 'followed') ?? inOrder.at(-1);
  if (!last) return null;
  const timeOf = (wanted: 'asked' | 'followed') =>
    log.find(({ ask, what }) => ask === last.ask && what === wanted)?.at ?? null;
  return { ask: last.ask, askedAt: timeOf('asked'), followedAt: timeOf('followed') };
}

/** True once an ask of the response was followed, or the CSM says that one was done. */
export function isFollowed({ log, completed }: Advocacy): boolean {
  return completed !== null || log.some(({ what }) => what === 'followed');
}

/** True while an ask was made and nothing came of it. */
export function isOpen(advocacy: Advocacy): boolean {
  return standingAsk(advocacy.log) !== null && !isFollowed(advocacy);
}

/** What the response's thank-you asks for already: ordered or sent once more, it asks for the same. */
export function firstAsk({ log }: Advocacy): Ask | undefined {
  const turns: readonly Ask[] = FIRST_ASKS;
  return log.find(({ ask, what }) => what !== 'followed' && turns.includes(ask))?.ask;
}

/**
 * The one ask of a thank-you: the next in turn after the one chosen last for the account, whether its mail has left or
 * not, of those that lead somewhere. What anybody at the account followed or did is never asked again.
 *
 * @param available the asks whose destination is set
 * @param past the asks of all the account's responses
 */
export function nextAsk(available: ReadonlySet<Ask>, past: readonly Advocacy[]): Ask | null {
  const made = past.flatMap(({ log }) => log.filter(({ what }) => what !== 'followed')).toSorted(byTime);
  const turns: readonly Ask[] = FIRST_ASKS;
  const next = turns.indexOf(made.findLast(({ ask }) => turns.includes(ask))?.ask ?? 'Referral') + 1;
  const inTurn = [...turns.slice(next), ...turns.slice(0, next)];
  return inTurn.find((ask) => available.has(ask) && !isDone(ask, past)) ?? null;
}

/** True for what somebody at the account followed or did. */
export function isDone(wanted: Ask, past: readonly Advocacy[]): boolean {
  return past.some(
    ({ log, completed }) => completed === wanted || log.some(({ ask, what }) => ask === wanted && what === 'followed'),
  );
}

export type OfferVariant = 'A' | 'B';

/**
 * Which of two offers a response gets, by its key, so that it always is the same. Not by the digit that chose its
 * subject: the two comparisons must not share their halves.
 */
export function offerVariantOf(responseKey: string): OfferVariant {
  return Number.parseInt(responseKey.slice(-2, -1), 16) % 2 === 1 ? 'B' : 'A';
}

function byTime(one: AskEntry, other: AskEntry): number {
  return (
    one.at.getTime() - other.at.getTime() ||
    ASKS.indexOf(one.ask) - ASKS.indexOf(other.ask) ||
    one.what.localeCompare(other.what)
  );
}
