/** A SOQL string literal (SOQL and SOSL Reference, "Quoted String Escape Sequences"). */
export function quoted(text: string): string {
  return `'${text
    .replace(/['"\\]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')}'`;
}

/** The right side of an `IN`; an empty list selects nothing, which SOQL itself has no way to write. */
export function list(values: Iterable<string>): string {
  const literals = [...new Set(values)].map(quoted);
  return literals.length > 0 ? `(${literals.join(', ')})` : "('')";
}

/** A SOQL dateTime literal. */
export function dateTime(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}
