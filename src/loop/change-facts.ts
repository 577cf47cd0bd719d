import type { BusinessCalendar } from '../nps/due.ts';
import type { Offerings } from '../nps/offerings.ts';
import type { Segment } from '../nps/score.ts';
import type { Sequence } from '../nps/sequence.ts';
import type { AnswerFacts, LinkHit } from './ports.ts';
import type { UnderWay } from './under-way.ts';

/** Everything a change is made from: what Salesforce has, what admins set up, what the outbox knows, and the time. */
export interface ChangeFacts extends AnswerFacts {
  calendar: BusinessCalendar;
  hits: ReadonlyMap<string, LinkHit[]>;
  sequences: ReadonlyMap<Segment, Sequence>;
  /** What the outbox knows of steps, by the keys of responses. */
  underWay: ReadonlyMap<string, UnderWay>;
  offerings: Offerings;
  now: Date;
}
