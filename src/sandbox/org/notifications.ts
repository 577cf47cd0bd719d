import type { Database } from 'better-sqlite3';

/** A custom notification as one person finds it under the bell. */
export interface StoredNotification {
  id: number;
  /** Developer name of its type. */
  type: string;
  /** Username of who got it. */
  to: string;
  title: string;
  body: string;
  /** The record it opens. */
  targetId: string;
  sentBy: `flow:${string}`;
  /** ISO 8601, the sandbox's time. */
  sentAt: string;
}

export interface Notifications {
  add(notification: Omit<StoredNotification, 'id' | 'sentAt'>): void;
  /** Newest last. */
  all(): StoredNotification[];
  clear(): void;
}

/** Everybody's notifications, in the sandbox's database. */
export function openNotifications(database: Database, now: () => Date): Notifications {
  database.exec(`CREATE TABLE IF NOT EXISTS org_notification (
    id INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, "to" TEXT NOT NULL, title TEXT NOT NULL,
    body TEXT NOT NULL, targetId TEXT NOT NULL, sentBy TEXT NOT NULL, sentAt TEXT NOT NULL
  )`);
  const insert = database.prepare(`INSERT INTO org_notification (type, "to", title, body, targetId, sentBy, sentAt)
    VALUES (@type, @to, @title, @body, @targetId, @sentBy, @sentAt)`);
  const everything = database.prepare<[], StoredNotification>('SELECT * FROM org_notification ORDER BY id');
  return {
    add: (notification) => void insert.run({ ...notification, sentAt: now().toISOString() }),
    all: () => everything.all(),
    clear: () => void database.exec('DELETE FROM org_notification'),
  };
}
