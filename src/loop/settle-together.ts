import type { Settlement } from './ports.ts';

/** What became of a whole batch, to be told in one commit: a commit waits for the disk, whatever it carries. */
export function together(settlements: readonly Settlement[]): Settlement {
  return {
    done: settlements.flatMap(({ done = [] }) => done),
    retry: settlements.flatMap(({ retry = [] }) => retry),
    dead: settlements.flatMap(({ dead = [] }) => dead),
    dropped: settlements.flatMap(({ dropped = [] }) => dropped),
    put: settlements.flatMap(({ put = [] }) => put),
  };
}
