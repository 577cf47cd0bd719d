/** What a row of NPS_Health__c is about. */
export type HealthKind =
  | 'Heartbeat'
  | 'Trigger'
  | 'Routing Rule'
  | 'Sequence'
  | 'Settings'
  | 'Flow'
  | 'Dead Letters'
  | 'Write Errors'
  | 'Board Summary';

/** OK: nothing to do. Warning: a person should look. Disabled: this part of the programme stands still until mended. */
export type HealthState = 'OK' | 'Warning' | 'Disabled';

/** One thing the service watches, as those who run the programme read it. */
export interface HealthRow {
  /** Identity: the kind and, where there are several, the name; see `healthKey`. */
  key: string;
  kind: HealthKind;
  state: HealthState;
  /** What is wrong and the way out, without personal data; empty when nothing is. */
  message: string;
  /** How many there are, where something is counted. */
  count: number | null;
}

/** A row as the org shows it. */
export interface ShownRow extends HealthRow {
  checkedAt: Date;
}

/** The key of a row: lower case, and only what an external id in an address takes as it is. */
export function healthKey(kind: HealthKind, name = ''): string {
  return [kind, name]
    .filter((part) => part !== '')
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-');
}

/** The rows that say something else than the org shows; the others need no write. */
export function changedRows(rows: readonly HealthRow[], shown: ReadonlyMap<string, HealthRow>): HealthRow[] {
  return rows.filter((row) => {
    const before = shown.get(row.key);
    return (
      !before ||
      before.kind !== row.kind ||
      before.state !== row.state ||
      before.message !== row.message ||
      before.count !== row.count
    );
  });
}
