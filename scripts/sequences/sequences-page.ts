import { markdownTable, withMadeBlock } from '../metadata/made-block.ts';
import { type Moment, spanOf, type Timeline } from './timeline.ts';

/** docs/sequences.md with a table of each sequence that ships, for who cannot see the pictures. */
export function withSequences(page: string, timelines: readonly Timeline[]): string {
  const parts = timelines.map(
    ({ segment, scores, moments }) =>
      `**After a ${scores}** (${segment})\n\n${markdownTable(['when', 'what', 'more', 'condition'], moments.map(rowOf))}`,
  );
  return withMadeBlock(page, 'sequences', parts.join('\n\n'));
}

function rowOf({ title, action, hours, percent, detail, condition, scores }: Moment): string[] {
  const share = percent === null ? '' : ` (${percent} % of the Task’s time)`;
  const conditions = [scores, condition].filter((part) => part !== '').join('; ');
  return [`${hours === 0 ? 'at once' : spanOf(hours)}${share}`, `${action}: ${title}`, detail, conditions];
}
