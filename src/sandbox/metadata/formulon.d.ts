/** More of formulon than the sandbox's own formulas use. */
declare module 'formulon' {
  export type Tree =
    | { type: 'error'; message: string }
    | { type: 'callExpression'; id: string; arguments: Tree[] }
    | { type: 'identifier'; name: string }
    | { type: 'literal' };
  export function ast(formula: string): Tree;
}
