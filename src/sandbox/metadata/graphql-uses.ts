/** An object or a field that a GraphQL query of a component names: the field by its path, empty for the object itself. */
export interface GraphqlUse {
  object: string;
  path: string;
  /** Line of the query, from 0. */
  line: number;
}

interface Token {
  text: string;
  line: number;
}

/** A name with what stands in its parentheses, and in the braces or brackets after it. */
interface Named {
  name: string;
  line: number;
  args: Named[];
  children: Named[];
}

const TOKEN = /#[^\n]*|"(?:\\.|[^"\\])*"|[$\w]+|[{}()[\]:]|\n/g;
const END = 'the end';
/** What follows a field that is compared, sorted or read; what follows a parent are its fields. */
const OF_A_FIELD = /^(value|displayValue|label|eq|ne|gt|gte|lt|lte|like|in|nin|order|nulls)$/;
const OF_CONDITIONS = /^(and|or|not)$/;

/**
 * Every object and field that a query of the UI API names: selected, filtered and sorted. Fields have to go by their own
 * names, not by aliases. @throws when the query cannot be parsed
 */
export function graphqlUses(query: string): GraphqlUse[] {
  const tokens = [...tokensOf(query), { text: END, line: 0 }];
  const objects = below(namesUntil(tokens, END), 'uiapi', 'query');
  return objects.flatMap(({ name: object, line, args, children }) => {
    const named = [...below(children, 'edges', 'node'), ...below(args, 'where'), ...below(args, 'orderBy')];
    return [{ object, path: '', line }, ...named.flatMap((each) => fieldUses(object, each, ''))];
  });
}

function fieldUses(object: string, { name, line, children }: Named, parents: string): GraphqlUse[] {
  if (OF_CONDITIONS.test(name)) return children.flatMap((each) => fieldUses(object, each, parents));
  const path = `${parents}${name}`;
  if (children.every((each) => OF_A_FIELD.test(each.name))) return [{ object, path, line }];
  return children.flatMap((each) => fieldUses(object, each, `${path}.`));
}

/** What stands below the first of these names, at any depth, then below the next of them. */
function below(names: readonly Named[], first: string, ...rest: string[]): Named[] {
  const found = names.flatMap((each) => (each.name === first ? each.children : below(each.children, first)));
  const [next, ...others] = rest;
  return next === undefined ? found : below(found, next, ...others);
}

function tokensOf(query: string): Token[] {
  let line = 0;
  return [...query.matchAll(TOKEN)].flatMap(([text]) => {
    if (text === '\n') line += 1;
    return text === '\n' || text.startsWith('#') ? [] : [{ text, line }];
  });
}

/** Takes the names up to this token off the tokens, and the token. */
function namesUntil(tokens: Token[], end: string): Named[] {
  const names: Named[] = [];
  for (let token = tokens.shift(); token?.text !== end; token = tokens.shift()) {
    if (!token || token.text === END) throw new Error(`${end} is missing.`);
    if (!/^[A-Za-z_]/.test(token.text)) continue;
    const args = takes(tokens, '(') ? namesUntil(tokens, ')') : [];
    names.push({ name: token.text, line: token.line, args, children: childrenIn(tokens) });
  }
  return names;
}

function childrenIn(tokens: Token[]): Named[] {
  const isValue = takes(tokens, ':');
  if (takes(tokens, '{')) return namesUntil(tokens, '}');
  if (takes(tokens, '[')) return namesUntil(tokens, ']');
  if (isValue) tokens.shift();
  return [];
}

function takes(tokens: Token[], text: string): boolean {
  if (tokens[0]?.text !== text) return false;
  tokens.shift();
  return true;
}
