import type { FormulasFor } from '../org/formula/row-reader.ts';
import type { Notifications } from '../org/notifications.ts';
import type { FieldValue } from '../org/org.ts';
import { OrgError } from '../org/org-error.ts';
import type { Store } from '../org/rows/store.ts';
import type { Author, Writer } from '../org/rows/writer.ts';
import type { Schema } from '../org/schema/schema.ts';
import type { Selected } from '../org/soql/query.ts';
import { FlowFault } from './interview.ts';
import type { FlowRecord } from './values.ts';

type Fields = Readonly<Record<string, FieldValue>>;

/** A custom notification as a flow orders it, by ids. */
export interface Notice {
  typeId: string;
  recipientIds: readonly string[];
  title: string;
  body: string;
  targetId: string;
}

/** What flows do to the org within one transaction: in system context, in the name of the user who set them off. */
export interface FlowOrg {
  readonly schema: Schema;
  readonly userId: string;
  readonly organizationId: string;
  now(): Date;
  /** Throws OrgError, and LimitReached after too many queries. Custom metadata costs no query. */
  select(sobject: string, soql: string): FlowRecord[];
  /** A row by its id, all its fields; null when it is not there. */
  row(sobject: string, id: string): FlowRecord | null;
  /** A field of a parent, as `Owner.Name`, of the row with that id. */
  fieldBehind(sobject: string, id: string, path: string): FieldValue;
  insert(sobject: string, fields: Fields): string;
  update(sobject: string, id: string, fields: Fields): void;
  delete(sobject: string, id: string): void;
  /** Publishes an event in the name of a flow. */
  publish(event: string, fields: Fields, flow: string): void;
  /** Sends a custom notification to the active users among the recipients once everything is committed. Throws FlowFault. */
  notify(notice: Notice, flow: string): void;
  /** One statement: all of its rows or none. */
  atOnce(rows: number, work: () => void): void;
}

/** What the org lends to its flows. */
export interface Lent {
  organizationId: string;
  schema: Schema;
  store: Store;
  formulasFor: FormulasFor;
  notifications: Notifications;
  now: () => Date;
  select(soql: string): Selected;
  write(): Writer;
}

/** Salesforce's limits of one transaction (Apex Developer Guide, "Execution Governors and Limits"). */
const LIMITS = { queries: 100, rowsRead: 50_000, statements: 150, rowsWritten: 10_000 };

/** A limit that no fault path can take up: the whole transaction is undone. */
export class LimitReached extends OrgError {}

/** Opens the org to the flows of one transaction. */
export function flowOrg(lent: Lent, by: Author): FlowOrg {
  const { schema, store, now } = lent;
  const formulas = lent.formulasFor(by.userId);
  const used = { queries: 0, rowsRead: 0, statements: 0, rowsWritten: 0 };

  const use = (what: keyof typeof LIMITS, count: number, called: string) => {
    used[what] += count;
    if (used[what] > LIMITS[what]) {
      throw new LimitReached('LIMIT_EXCEEDED', `System.LimitException: Too many ${called}: ${used[what]}`);
    }
  };

  return {
    schema,
    userId: by.userId,
    organizationId: lent.organizationId,
    now,
    select(sobject, soql) {
      const isFree = schema.get(sobject).kind === 'metadata';
      if (!isFree) use('queries', 1, 'SOQL queries');
      const { rows } = lent.select(soql);
      if (!isFree) use('rowsRead', rows.length, 'query rows');
      return rows.map(({ fields }) => ({ sobject, fields: fields as Record<string, FieldValue> }));
    },
    row(sobject, id) {
      const row = store.get(sobject, id);
      return row ? { sobject, fields: formulas.filled(row) } : null;
    },
    fieldBehind(sobject, id, path) {
      const row = store.get(sobject, id);
      return (row && formulas.reader(schema.get(sobject), row)(path)?.value) ?? null;
    },
    insert: (sobject, fields) => lent.write().insert(sobject, fields, by),
    update: (sobject, id, fields) => lent.write().update(sobject, id, fields, by),
    delete: (sobject, id) => lent.write().delete(sobject, id, by),
    publish: (event, fields, flow) => void lent.write().publish(event, fields, `flow:${flow}`),
    notify({ typeId, recipientIds, title, body, targetId }, flow) {
      const type = store.get('CustomNotificationType', typeId);
      if (!type) throw new FlowFault(`There is no custom notification type ${typeId}.`);
      const users = recipientIds.map((id) => {
        if (schema.ofId(id)?.name === 'User') return store.get('User', id);
        throw new OrgError('NOT_IMPLEMENTED', `The sandbox notifies users; ${id} is none.`);
      });
      store.afterCommit(() => {
        for (const user of users.filter((each) => each?.IsActive === true)) {
          const to = String(user?.Username);
          const about = { type: String(type.DeveloperName), to, title, body, targetId };
          lent.notifications.add({ ...about, sentBy: `flow:${flow}` });
        }
      });
    },
    atOnce(rows, work) {
      use('statements', 1, 'DML statements');
      use('rowsWritten', rows, 'DML rows');
      store.transaction(work);
    },
  };
}
