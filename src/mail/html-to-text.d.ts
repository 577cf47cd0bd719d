/** What this project uses of a package that ships no types. */
declare module 'html-to-text' {
  export function convert(html: string, options: { wordwrap: false; limits: { maxInputLength: number } }): string;
}
