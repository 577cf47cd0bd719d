/**
 * The org as the rest of the sandbox sees it: rows, queries and the events that rows are published as. Everything is
 * done as the admin; what a client may do is decided in the REST routes.
 */

export type FieldValue = string | number | boolean | null;
/** A row by canonical field names. Parents and children read through a query stand under their relationship names. */
export interface Row {
  [field: string]: FieldValue | Row | Row[];
}

export interface Org {
  /** The organisation's 18-character id. */
  readonly id: string;
  /** The sandbox's own time, which people can move. */
  now(): Date;
  /** All rows a SOQL query selects, parents nested. Throws OrgError as Salesforce would. */
  query(soql: string): Row[];
  /** Inserts one row and returns its id; validates like the REST API. */
  insert(sobject: string, fields: Record<string, FieldValue>): string;
  update(sobject: string, id: string, fields: Record<string, FieldValue>): void;
  delete(sobject: string, id: string): void;
  /** All or nothing: what `work` wrote is undone when it throws. */
  transaction<T>(work: () => T): T;
  /** Custom metadata is deployed, not written: replaces one record (`Type.DeveloperName`) as a deploy would. */
  deployRecord(type: string, developerName: string, label: string, fields: Record<string, FieldValue>): void;
  /** How many business rows exist; 0 means the org was never seeded. */
  isEmpty(): boolean;
}

/** An event on the bus. `replayId` grows but is not contiguous, as in Salesforce. */
export interface PublishedEvent {
  replayId: bigint;
  uuid: string;
  event: string;
  payload: Record<string, FieldValue>;
  publishedBy: 'rest' | 'pubsub' | `flow:${string}`;
  at: Date;
}

export interface EventBus {
  /** Stores the event and hands it to open subscriptions before it returns. */
  publish(
    event: string,
    payload: Record<string, FieldValue>,
    publishedBy: PublishedEvent['publishedBy'],
  ): PublishedEvent;
  /** Events of one kind after a replay id (undefined: from the earliest retained), oldest first. */
  after(event: string, replayId: bigint | undefined, limit: number): PublishedEvent[];
  /** Every event, oldest first. */
  all(): PublishedEvent[];
  /** Calls the listener for each new event of that kind; returns how to stop. */
  listen(event: string, listener: (event: PublishedEvent) => void): () => void;
}
