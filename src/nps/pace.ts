import { HOUR_MS } from './days.ts';
/** Mails an hour, per address they come from and per domain they go to; null: as many as there are. */
export interface Caps {
  sender: number | null;
  domain: number | null;
}

/** Between whom a mail travels, as far as caps ask. */
export interface Route {
  sender: string;
  domain: string;
}

export interface PacedMail extends Route {
  /** False for replies to an answer: they count, and never wait. */
  waits: boolean;
}

/** A mail that left. */
export interface Departure extends Route {
  at: Date;
}

/**
 * When each of some mails may leave, in their order: `now` for those for which the hour up to now has room, with the
 * ones before them counted; for the others the earliest time at which it may have, to be asked again then.
 */
export function departureTimes(mails: readonly PacedMail[], left: readonly Departure[], caps: Caps, now: Date): Date[] {
  const taken = { sender: new Map<string, number[]>(), domain: new Map<string, number[]>() };
  const times = (kind: keyof Route, name: string) => {
    const known = taken[kind].get(name) ?? [];
    taken[kind].set(name, known);
    return known;
  };
  const take = ({ sender, domain }: Route, at: number) => {
    for (const known of [times('sender', sender), times('domain', domain)]) insertInOrder(known, at);
  };
  for (const { at, ...route } of left) take(route, at.getTime());

  return mails.map((mail) => {
    const at = mail.waits
      ? Math.max(
          earliest(times('sender', mail.sender), caps.sender, now.getTime()),
          earliest(times('domain', mail.domain), caps.domain, now.getTime()),
        )
      : now.getTime();
    take(mail, at);
    return new Date(at);
  });
}

/** The earliest time from `now` on before which, within an hour, fewer than `cap` of these sorted times lie. */
function earliest(times: readonly number[], cap: number | null, now: number): number {
  const nth = cap === null ? undefined : times.at(-cap);
  return cap === null || times.length < cap || nth === undefined ? now : Math.max(now, nth + HOUR_MS);
}

function insertInOrder(times: number[], at: number): void {
  const place = times.findLastIndex((time) => time <= at);
  times.splice(place + 1, 0, at);
}
