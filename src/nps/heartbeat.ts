import { MINUTE_MS } from './days.ts';
import { type HealthRow, healthKey } from './health.ts';

/** A heartbeat older than this is no sign of life: two were missed. */
export const FRESH_MS = 25 * MINUTE_MS;
/** How long an installation sends after its own heartbeat; shorter, so that it has stopped before another one begins. */
export const LEASE_MS = 20 * MINUTE_MS;

/** A sign of life of one installation, as its row of health shows it. */
export interface Heartbeat {
  key: string;
  /** Sends mails; otherwise it stands by. */
  sends: boolean;
  at: Date;
}

/** The key of an installation's own row. */
export function heartbeatKey(installation: string): string {
  return healthKey('Heartbeat', installation);
}

/** The other installation that sends mails for this org and shows signs of life, if there is one. */
export function otherSender(own: string, beats: readonly Heartbeat[], now: Date): Heartbeat | undefined {
  return beats.find((beat) => beat.key !== own && beat.sends && isFresh(beat, now));
}

/** Of installations that took over at the same moment, the first keeps sending; both come to the same one. */
export function firstSender(beats: readonly Heartbeat[], now: Date): Heartbeat | undefined {
  const [first] = beats
    .filter((beat) => beat.sends && isFresh(beat, now))
    .toSorted((one, other) => one.at.getTime() - other.at.getTime() || (one.key < other.key ? -1 : 1));
  return first;
}

/** Whose clock is ahead counts as fresh; in a sandbox people move it. */
export function isFresh({ at }: Heartbeat, now: Date): boolean {
  return now.getTime() - at.getTime() < FRESH_MS;
}

/** An installation's own row. `other` is the one that keeps it from sending. */
export function heartbeatRow(own: string, other: Heartbeat | undefined): HealthRow {
  const row = { key: own, kind: 'Heartbeat' as const, count: null };
  if (!other) return { ...row, state: 'OK', message: 'This installation of the service sends the mails.' };
  const message = `Another installation (${other.key}) sends the mails of this org, so this one sends none and keeps its events for later. Stop one of the two.`;
  return { ...row, state: 'Warning', message };
}

/** Installations that sent and fell silent, told once: each would take its place again if it came back first. */
export function silentRows(own: string, beats: readonly Heartbeat[], now: Date): HealthRow[] {
  return beats
    .filter((beat) => beat.key !== own && beat.sends && !isFresh(beat, now))
    .map(({ key, at }) => ({
      key,
      kind: 'Heartbeat' as const,
      state: 'Warning' as const,
      count: null,
      message: `No sign of this installation since ${at.toISOString()}; another one sends the mails now. Delete this row if it was taken down for good.`,
    }));
}
