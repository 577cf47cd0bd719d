import { randomBytes } from 'node:crypto';
import type { AnyNewItem, Clock, Fate, Lane, LinkHit, Log, NewItem, Settlement, Spool } from '../loop/ports.ts';
import type { Caps, PacedMail } from '../nps/pace.ts';
import { claimItems } from './claim.ts';
import type { Database } from './database.ts';
import { despiteDeadlocks } from './deadlock.ts';
import { depart } from './depart.ts';
import { type ClaimedItem, toRow } from './item-row.ts';
import { accountsAwaiting, fates } from './known-items.ts';
import { linkHits } from './link-hits.ts';
import { forget, keep, keepFirst, kept } from './settings.ts';
import { settleItems } from './settle.ts';
import { SharedCommit } from './shared-commit.ts';
import { SpoolOfAnotherOrg } from './spool-of-another-org.ts';
import type { Write } from './write.ts';

/** The outbox on either database. */
export class DatabaseSpool implements Spool {
  readonly #database: Database;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #writes: SharedCommit<Write>;
  readonly #listeners: ((lane: Lane) => void)[] = [];
  /** Lanes whose last claim left due items, because somebody else held their accounts. */
  readonly #keptWaiting = new Set<Lane>();

  constructor(database: Database, clock: Clock, log: Log) {
    this.#database = database;
    this.#clock = clock;
    this.#log = log;
    this.#writes = new SharedCommit(async (writes) => {
      await database.store(writes);
      this.#announce(writes.flatMap(({ items }) => items.map(({ lane }) => lane)));
    });
  }

  async put(items: readonly AnyNewItem[]): Promise<void> {
    await this.#writes.add({ items: this.#rows(items), hits: [], positions: [] });
  }

  async take(
    items: readonly (NewItem<'event'> | NewItem<'command'>)[],
    position: { topic: string; replayId: Buffer },
  ): Promise<void> {
    const { topic, replayId } = position;
    await this.#writes.add({
      items: this.#rows(items),
      hits: [],
      positions: [{ topic, replay_id: replayId.toString('hex') }],
    });
  }

  async observe({ surveyKey, link, kind, visitor, at }: LinkHit): Promise<void> {
    const hit = { survey_key: surveyKey, score: null, link, kind, visitor, at: at.getTime() };
    await this.#writes.add({ items: [], hits: [hit], positions: [] });
  }

  async position(topic: string): Promise<Buffer | undefined> {
    const row = await this.#tables
      .selectFrom('replay_position')
      .select('replay_id')
      .where('topic', '=', topic)
      .executeTakeFirst();
    return row && Buffer.from(row.replay_id, 'hex');
  }

  async forgetPosition(topic: string): Promise<void> {
    await this.#tables.deleteFrom('replay_position').where('topic', '=', topic).execute();
  }

  async claim<L extends Lane>(lane: L, limit: number): Promise<ClaimedItem<L>[]> {
    // Marked before looking: an account given back in between wakes the lane, too.
    this.#keptWaiting.add(lane);
    const items = await claimItems(this.#tables, this.#clock, lane, limit);
    if (items.length === limit || !(await this.#hasUnclaimed(lane))) this.#keptWaiting.delete(lane);
    return items;
  }

  async settle(settlement: Settlement): Promise<void> {
    const { lost, accountsReleased } = await despiteDeadlocks(() => settleItems(this.#tables, this.#clock, settlement));
    for (const { lane, key, accountId } of lost) {
      this.#log.warn(
        { lane, key, accountId },
        'An item was left as it is: its account was held too long without a word, and somebody else works on it now.',
      );
    }
    const now = this.#clock.now();
    const dueLanes = (settlement.put ?? []).filter(({ dueAt }) => dueAt <= now).map(({ lane }) => lane);
    this.#announce(accountsReleased > 0 ? [...dueLanes, ...this.#takeKeptWaiting()] : dueLanes);
  }

  accountsAwaiting(lane: Lane, keyStart: string, accountIds: readonly string[]): Promise<ReadonlySet<string>> {
    return accountsAwaiting(this.#tables, lane, keyStart, accountIds);
  }

  fates(lane: Lane, keys: readonly string[]): Promise<ReadonlyMap<string, Fate>> {
    return fates(this.#tables, lane, keys);
  }

  async depart(mails: readonly PacedMail[], caps: Caps): Promise<Date[]> {
    return mails.length === 0 ? [] : despiteDeadlocks(() => depart(this.#tables, this.#clock, mails, caps));
  }

  hits(surveyKeys: readonly string[]): Promise<LinkHit[]> {
    return linkHits(this.#tables, surveyKeys);
  }

  async isFirstToFire(tick: string, at: Date): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#tables
      .insertInto('fired_tick')
      .values({ tick, at: at.getTime() })
      .onConflict((conflict) => conflict.columns(['tick', 'at']).doNothing())
      .executeTakeFirstOrThrow();
    return numInsertedOrUpdatedRows === 1n;
  }

  async pending(): Promise<Record<Lane, number>> {
    const rows = await this.#tables
      .selectFrom('item')
      .select(({ fn }) => ['lane', fn.countAll<number>().as('count')])
      .where('state', '=', 'waiting')
      .where(({ eb, or }) => or([eb('due_at', '<=', this.#clock.now().getTime()), eb('claim', 'is not', null)]))
      .groupBy('lane')
      .execute();
    const counts: Record<Lane, number> = { event: 0, command: 0, reply: 0, answer: 0, mail: 0, receipt: 0 };
    for (const { lane, count } of rows) counts[lane] = count;
    return counts;
  }

  async dead(): Promise<{ lane: Lane; key: string; reason: string; at: Date }[]> {
    const rows = await this.#tables
      .selectFrom('item')
      .select(['lane', 'key', 'reason', 'settled_at'])
      .where('state', '=', 'dead')
      .orderBy('settled_at')
      .orderBy('id')
      .execute();
    return rows.map(({ lane, key, reason, settled_at }) => ({
      lane,
      key,
      reason: reason ?? '',
      at: new Date(settled_at ?? 0),
    }));
  }

  async bindToOrg(orgId: string): Promise<void> {
    const value = await keepFirst(this.#tables, 'org', orgId);
    if (value !== orgId) throw new SpoolOfAnotherOrg(value, orgId);
  }

  async installationId(): Promise<string> {
    return keepFirst(this.#tables, 'installation', randomBytes(8).toString('hex'));
  }

  async renewLease(until: Date): Promise<void> {
    await keep(this.#tables, 'lease', until.toISOString());
  }

  async endLease(): Promise<void> {
    await forget(this.#tables, 'lease');
  }

  async holdsLease(): Promise<boolean> {
    const until = await kept(this.#tables, 'lease');
    return until !== undefined && this.#clock.wall() < new Date(until);
  }

  async prune(before: Date): Promise<void> {
    const time = before.getTime();
    await this.#tables
      .deleteFrom('item')
      .where('state', '=', 'done')
      .where('settled_at', '<', time)
      .where(({ exists, not, selectFrom }) =>
        not(
          exists(
            selectFrom('item as receipt')
              .select('receipt.id')
              .where('receipt.lane', '=', 'receipt')
              .whereRef('receipt.key', '=', 'item.key')
              .where('receipt.state', '!=', 'done'),
          ),
        ),
      )
      .execute();
    await this.#tables.deleteFrom('link_hit').where('at', '<', time).execute();
    await this.#tables.deleteFrom('fired_tick').where('at', '<', time).execute();
  }

  /** The listener is called after every commit, once per lane; it must not throw. */
  onPut(listener: (lane: Lane) => void): void {
    this.#listeners.push(listener);
  }

  async close(): Promise<void> {
    await this.#writes.drained();
    await this.#tables.destroy();
  }

  get #tables() {
    return this.#database.tables;
  }

  #rows(items: readonly AnyNewItem[]) {
    return items.map((item) => toRow(item, this.#clock.now()));
  }

  #announce(lanes: readonly Lane[]): void {
    for (const lane of new Set(lanes)) for (const listener of this.#listeners) listener(lane);
  }

  #takeKeptWaiting(): Lane[] {
    const lanes = [...this.#keptWaiting];
    this.#keptWaiting.clear();
    return lanes;
  }

  async #hasUnclaimed(lane: Lane): Promise<boolean> {
    const item = await this.#tables
      .selectFrom('item')
      .select('id')
      .where('state', '=', 'waiting')
      .where('lane', '=', lane)
      .where('due_at', '<=', this.#clock.now().getTime())
      .where('claim', 'is', null)
      .limit(1)
      .executeTakeFirst();
    return item !== undefined;
  }
}
