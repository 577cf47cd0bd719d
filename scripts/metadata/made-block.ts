/**
 * A page whose block of that name holds this content: what stands between `<!-- name: made by … -->` and `<!-- /name -->`.
 * Throws when the page has no such block.
 */
export function withMadeBlock(page: string, name: string, content: string): string {
  const block = new RegExp(`(<!-- ${name}: made by [^>]+ -->\n).*?(\n<!-- /${name} -->)`, 's');
  if (!block.test(page)) throw new Error(`The page has no block "${name}" to write what is made into.`);
  return page.replace(block, (_, start: string, end: string) => `${start}\n${content}\n${end}`);
}

/** A table in Markdown; a bar within a cell stays one. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}
