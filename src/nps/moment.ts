import { createHash } from 'node:crypto';

/**
 * A lifecycle moment: what would be asked about. `anchorDate` is the value of the trigger's date field (YYYY-MM-DD),
 * not the day the survey is due.
 */
export interface Moment {
  trigger: string;
  sourceId: string;
  anchorDate: string;
}

/**
 * The moment's key: lower-case hex, the same for the event and for the sweep, so that a moment is decided once.
 * It is the survey's key, too. Unique external ids ignore case in Salesforce, hence hex.
 */
export function momentKey({ trigger, sourceId, anchorDate }: Moment): string {
  return createHash('sha256')
    .update(JSON.stringify([trigger.toLowerCase(), sourceId, anchorDate]))
    .digest('hex');
}

const CHECK_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** True for what looks like a Salesforce record id: 15 or 18 letters and digits. */
export function isRecordId(text: string): boolean {
  return /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(text);
}

/**
 * The 18-character form of a record id; anything that is no id comes back as it is. The last three characters say
 * which of the first fifteen are upper case (Salesforce Help, "What are the differences between 15- and
 * 18-character record IDs").
 */
export function fullRecordId(id: string): string {
  if (!isRecordId(id)) return id;
  const base = id.slice(0, 15);
  const checksum = [0, 5, 10].map((start) => {
    const upperCase = [...base.slice(start, start + 5)].reduce(
      (bits, letter, place) => (/[A-Z]/.test(letter) ? bits | (1 << place) : bits),
      0,
    );
    return CHECK_DIGITS.charAt(upperCase);
  });
  return base + checksum.join('');
}
