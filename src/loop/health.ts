import { changedRows, type HealthRow, type ShownRow } from '../nps/health.ts';
import {
  deadLetterRows,
  flowRows,
  routingRuleRows,
  sequenceRows,
  settingsRow,
  triggerRows,
  writeErrorsRow,
} from '../nps/health-rows.ts';
import {
  firstSender,
  type Heartbeat,
  heartbeatKey,
  heartbeatRow,
  LEASE_MS,
  otherSender,
  silentRows,
} from '../nps/heartbeat.ts';
import { SettingsError } from '../nps/settings.ts';
import { everyMinutes } from '../nps/timetable.ts';
import type { Clock, Log, Org, Spool } from './ports.ts';
import type { Tick } from './sweep.ts';

interface HealthParts {
  org: Org;
  spool: Spool;
  clock: Clock;
  log: Log;
}

export function healthTick(parts: HealthParts): Tick {
  return { name: 'health', when: everyMinutes(10), run: () => checkHealth(parts) };
}

/**
 * Tells the org how the service is: that it lives, what is wrong with triggers and settings, what was given up. One
 * read, and one write of what changed. Who holds the lease afterwards may send mails; a second installation may not,
 * and tells nothing but that it stands by.
 */
export async function checkHealth(parts: HealthParts): Promise<void> {
  const { org, spool, clock, log } = parts;
  const own = heartbeatKey(await spool.installationId());
  const { shown, writeErrors } = await org.healthFacts();
  const beats = beatsIn(shown);
  const other = otherSender(own, beats, clock.now());
  const heartbeat = heartbeatRow(own, other);
  if (other) {
    log.warn({ installation: own, other: other.key }, heartbeat.message);
    await org.writeHealth([heartbeat], clock.now());
    return spool.endLease();
  }
  const triggers = [...(await org.triggers()).values()];
  const rows = [
    ...silentRows(own, beats, clock.now()),
    ...triggerRows(triggers, shown),
    ...flowRows(triggers),
    ...routingRuleRows(await org.routingRules(), shown),
    ...sequenceRows(await org.sequences()),
    settingsRow(await settingsProblem(org)),
    ...deadLetterRows(await spool.dead()),
    writeErrorsRow(writeErrors),
  ];
  const changed = changedRows(rows, shown);
  complain(changed, log);
  await org.writeHealth([heartbeat, ...changed], clock.now());
  const wasSending = beats.some(({ key, sends }) => key === own && sends);
  if (wasSending || (await isFirst(own, parts))) {
    await spool.renewLease(new Date(clock.wall().getTime() + LEASE_MS));
  }
}

/** Whoever begins to send looks once more: another installation may have begun at the same moment. */
async function isFirst(own: string, { org, clock }: HealthParts): Promise<boolean> {
  const first = firstSender(beatsIn((await org.healthFacts()).shown), clock.now());
  if (!first || first.key === own) return true;
  await org.writeHealth([heartbeatRow(own, first)], clock.now());
  return false;
}

/** The signs of life among the rows of health. */
export function beatsIn(shown: ReadonlyMap<string, ShownRow>): Heartbeat[] {
  return [...shown.values()]
    .filter(({ kind }) => kind === 'Heartbeat')
    .map(({ key, state, checkedAt }) => ({ key, sends: state === 'OK', at: checkedAt }));
}

/** Why nobody is asked; null while the settings can be used. */
export async function settingsProblem(org: Org): Promise<string | null> {
  try {
    await org.settings();
    return null;
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
}

function complain(rows: readonly HealthRow[], log: Log): void {
  for (const { key, state, message } of rows) if (state !== 'OK') log.warn({ health: key, state }, message);
}
