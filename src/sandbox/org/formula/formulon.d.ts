/** The part of formulon that is used here; the package has no types of its own. */
declare module 'formulon' {
  export interface Literal {
    type: 'literal';
    dataType: string;
    value: unknown;
    options: object;
  }
  export interface Failure {
    type: 'error';
    errorType: string;
    message: string;
  }
  export type Tree =
    | Failure
    | Literal
    | { type: 'callExpression'; id: string; arguments: Tree[] }
    | { type: 'identifier'; name: string };
  export function ast(formula: string): Tree;
  export function parse(formula: string, values?: Record<string, Literal>): Literal | Failure;
  export function extract(formula: string): string[];
}
