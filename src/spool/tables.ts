import type { Generated, Insertable, Selectable } from 'kysely';
import type { Lane, LinkHit } from '../loop/ports.ts';

/** The spool's tables, the same on SQLite and PostgreSQL. Times are milliseconds since 1970. */
export interface Tables {
  item: ItemTable;
  account_hold: AccountHoldTable;
  link_hit: LinkHitTable;
  replay_position: ReplayPositionTable;
  fired_tick: FiredTickTable;
  setting: SettingTable;
  departure: DepartureTable;
}

interface ItemTable {
  id: Generated<number>;
  lane: Lane;
  key: string;
  account_id: string;
  payload: string;
  due_at: number;
  created_at: number;
  attempts: Generated<number>;
  state: Generated<'waiting' | 'done' | 'dead'>;
  /** The token of the claim that took the item last and has not told what became of it. */
  claim: string | null;
  reason: string | null;
  settled_at: number | null;
}

/** Who works on an account. `held_until` is the machine's time: a hold ends when its process died, whatever the programme's clock. */
interface AccountHoldTable {
  account_id: string;
  claim: string;
  held_until: number;
}

interface LinkHitTable {
  id: Generated<number>;
  survey_key: string;
  /** Of hits that were kept before `link` was: null or 0 to 10. */
  score: number | null;
  link: string | null;
  kind: LinkHit['kind'];
  visitor: string;
  at: number;
}

interface ReplayPositionTable {
  topic: string;
  /** Hex, because the two databases disagree about the name and the type of bytes. */
  replay_id: string;
}

interface FiredTickTable {
  tick: string;
  at: number;
}

interface SettingTable {
  name: string;
  value: string;
}

/** A mail that left, kept for an hour and only while there are caps. */
interface DepartureTable {
  id: Generated<number>;
  sender: string;
  domain: string;
  at: number;
}

export type ItemRow = Selectable<ItemTable>;
export type NewItemRow = Insertable<ItemTable>;
export type NewLinkHitRow = Insertable<LinkHitTable>;
export type ReplayPositionRow = Selectable<ReplayPositionTable>;
