import type { Row } from './row.ts';

/** The rows as one aligned table, for a terminal and for Markdown alike. */
export function table(rows: readonly Row[]): string {
  const lines = [
    ['what', 'limit, same run', 'ours', 'target', ''],
    ...rows.map(({ name, beside, ours, target, ok }) => [name, beside, ours, target, ok ? 'ok' : 'MISSED']),
  ];
  const widths = lines.reduce<number[]>(
    (widest, cells) => cells.map((cell, column) => Math.max(cell.length, widest[column] ?? 3)),
    [],
  );
  const ruler = widths.map((width) => '-'.repeat(width));
  const [head = [], ...body] = lines;
  return [head, ruler, ...body]
    .map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}
