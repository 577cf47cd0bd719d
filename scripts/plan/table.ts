/** A column of a table on a terminal. */
export interface Column {
  head: string;
  /** Numbers stand below each other by their last digit. */
  isNumber?: boolean;
}

/** Rows as aligned lines under a head, two blanks between columns. */
export function table(columns: readonly Column[], rows: readonly (readonly (string | number)[])[]): string[] {
  const widths = columns.map(({ head }, index) =>
    Math.max(head.length, ...rows.map((row) => String(row[index] ?? '').length)),
  );
  const line = (cells: readonly (string | number)[]) =>
    columns
      .map(({ isNumber }, index) => {
        const cell = String(cells[index] ?? '');
        const width = widths[index] ?? 0;
        return isNumber ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ head }) => head)), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)];
}

/** A bar as long as its share of the largest, at least a sliver where there is anything. */
export function bar(value: number, largest: number, width: number): string {
  const length = largest === 0 ? 0 : Math.round((value / largest) * width);
  return '█'.repeat(value > 0 ? Math.max(length, 1) : 0);
}
