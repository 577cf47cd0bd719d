import type { Caps } from '../nps/pace.ts';
import { nextOpening, zoneOf } from '../nps/send-window.ts';
import { domainOf } from '../nps/sender.ts';
import type { Settings } from '../nps/settings.ts';
import type { AskParts } from './ask.ts';
import { holdBack, isFirst } from './first-mails.ts';
import type { Item } from './ports.ts';
import { senderOf } from './sender.ts';

interface Timed {
  item: Item<'mail'>;
  /** When it may leave. */
  at: Date;
  reason: string;
}

const OUTSIDE_WINDOW = 'It waits for the send window.';
const OVER_CAP = 'It waits because the hour has as many mails as the settings allow.';

/**
 * The mails that may leave now. First mails outside the send window or over a cap move to a later time, in their order;
 * replies to an answer never wait, but count. With neither window nor caps all may leave.
 */
export async function mayLeave(items: readonly Item<'mail'>[], parts: AskParts): Promise<Item<'mail'>[]> {
  const { org, spool, clock } = parts;
  let timed: Timed[];
  try {
    timed = await timesOf(items, await org.settings(), parts);
  } catch (error) {
    await holdBack(items.filter(isFirst), 'Whether mails may leave cannot be told', error, parts);
    return items.filter((item) => !isFirst(item));
  }
  const now = clock.now();
  const later = timed.filter(({ at }) => at > now);
  if (later.length > 0) await spool.settle({ retry: later.map((one) => ({ ...one, countsAsAttempt: false })) });
  return timed.filter(({ at }) => at <= now).map(({ item }) => item);
}

async function timesOf(items: readonly Item<'mail'>[], settings: Settings, parts: AskParts): Promise<Timed[]> {
  const opened = await openings(items, settings, parts);
  const now = parts.clock.now();
  const caps = { sender: settings.mailsAnHourPerSender, domain: settings.mailsAnHourPerDomain };
  if (caps.sender === null && caps.domain === null) return opened;
  const inTime = opened.filter(({ at }) => at <= now);
  const times = await departures(inTime, caps, parts);
  return [...opened.filter(({ at }) => at > now), ...times];
}

/** By the contact's time zone or their CSM's, which the order names, else by the org's. */
async function openings(
  items: readonly Item<'mail'>[],
  { sendWindow }: Settings,
  { org, clock }: AskParts,
): Promise<Timed[]> {
  const now = clock.now();
  if (!sendWindow) return items.map((item) => ({ item, at: now, reason: '' }));
  const { timeZone } = await org.organization();
  return items.map((item) => {
    const zone = zoneOf(item.payload.to.timeZone, timeZone);
    return { item, at: isFirst(item) ? nextOpening(now, zone, sendWindow) : now, reason: OUTSIDE_WINDOW };
  });
}

async function departures(mails: readonly Timed[], caps: Caps, parts: AskParts): Promise<Timed[]> {
  const paced = await Promise.all(
    mails.map(async ({ item }) => ({
      sender: await senderAddress(item, parts),
      domain: domainOf(item.payload.to.email),
      waits: isFirst(item),
    })),
  );
  const times = await parts.spool.depart(paced, caps);
  return mails.map(({ item, at }, index) => ({ item, at: times[index] ?? at, reason: OVER_CAP }));
}

/** Whose cap it is; a mail that nobody may send is refused later and counts for the CSM. */
async function senderAddress({ payload }: Item<'mail'>, parts: AskParts): Promise<string> {
  const sender = await senderOf(payload, parts);
  return ('problem' in sender ? payload.from : sender.from).email.toLowerCase();
}
