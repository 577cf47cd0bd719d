import { actionCalls } from './action-call.ts';
import { assignments } from './assignment.ts';
import { decisions } from './decision.ts';
import type { ElementKind } from './element.ts';
import { loops } from './loop.ts';
import { recordCreates } from './record-create.ts';
import { recordDeletes } from './record-delete.ts';
import { recordLookups } from './record-lookup.ts';
import { recordUpdates } from './record-update.ts';
import { subflows } from './subflow.ts';

/** The kinds of elements the sandbox plays, by tag; a flow with any other is refused. */
export const ELEMENTS: ReadonlyMap<string, ElementKind> = new Map(
  [
    ...[actionCalls, assignments, decisions, loops],
    ...[recordCreates, recordDeletes, recordLookups, recordUpdates, subflows],
  ].map((kind) => [kind.tag, kind]),
);
