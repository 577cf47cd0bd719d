import type { ConditionWithValueQuery, HavingClause, WhereClause } from '@jetstreamapp/soql-parser-js';
import { OrgError } from '../org-error.ts';
import { condition, type Subject, type Test } from './condition.ts';

type Token = '(' | ')' | 'NOT' | 'AND' | 'OR' | ConditionWithValueQuery;

/** A WHERE or HAVING clause ready to be asked. AND and OR side by side need parentheses, as in Salesforce. */
export function where<T>(subject: Subject<T>, clause: WhereClause | HavingClause): Test<T> {
  const tokens = flat(clause);
  let at = 0;

  const expression = (): Test<T> => {
    const tests = [term()];
    const joint = tokens[at];
    while (tokens[at] === 'AND' || tokens[at] === 'OR') {
      if (tokens[at] !== joint) throw new OrgError('MALFORMED_QUERY', `unexpected token: '${String(tokens[at])}'`);
      at++;
      tests.push(term());
    }
    return joint === 'OR' ? any(tests) : all(tests);
  };

  const term = (): Test<T> => {
    const token = tokens[at++];
    if (token === 'NOT') {
      const negated = term();
      return { holds: (row) => !negated.holds(row), only: [] };
    }
    if (token === '(') {
      const inner = expression();
      at++;
      return inner;
    }
    if (token === undefined || typeof token === 'string')
      throw new OrgError('MALFORMED_QUERY', `unexpected token: '${token}'`);
    return condition(subject, token);
  };

  return expression();
}

function all<T>(tests: Test<T>[]): Test<T> {
  const [first] = tests;
  if (tests.length === 1 && first) return first;
  return { holds: (row) => tests.every((test) => test.holds(row)), only: tests.flatMap((test) => test.only) };
}

function any<T>(tests: Test<T>[]): Test<T> {
  return { holds: (row) => tests.some((test) => test.holds(row)), only: [] };
}

// The parser gives a chain of conditions that carry the parentheses around them.
function flat(clause: WhereClause | HavingClause): Token[] {
  const tokens: Token[] = [];
  let at: WhereClause | HavingClause | undefined = clause;
  while (at) {
    const left: (ConditionWithValueQuery & { openParen?: number; closeParen?: number }) | null = at.left;
    for (let open = left?.openParen ?? 0; open > 0; open--) tokens.push('(');
    if (left && 'operator' in left) tokens.push(left);
    for (let close = left?.closeParen ?? 0; close > 0; close--) tokens.push(')');
    if ('operator' in at) tokens.push(at.operator);
    at = 'right' in at ? at.right : undefined;
  }
  return tokens;
}
