/**
 * What the loop needs from the world, in its own words. The edges (`salesforce`, `mail`, `spool`, `web`) implement
 * these; only `app.ts` knows which edge stands behind which name.
 */

export type * from './ports/answers.ts';
export type * from './ports/board.ts';
export type * from './ports/checkup.ts';
export type * from './ports/desk.ts';
export type * from './ports/given.ts';
export type * from './ports/org.ts';
export type * from './ports/outbox.ts';
export type * from './ports/outcomes.ts';
export type * from './ports/plan.ts';
export type * from './ports/post.ts';
export type * from './ports/process.ts';
export type * from './ports/rehearsal.ts';
export type * from './ports/subjects.ts';
