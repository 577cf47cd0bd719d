import { type Failure, type Literal, parse, type Tree } from 'formulon';

type Outcome = Literal | Failure;
type Values = Readonly<Record<string, Literal>>;

const BLANK: Literal = { type: 'literal', dataType: 'null', value: null, options: {} };

/**
 * A formula with blanks, worked out from its inner parts, of an IF or CASE only the branch that is taken: formulon works out
 * every branch, and fails in the other one. What is worked out of a blank is blank.
 */
export function byBranches(formula: Tree, values: Values): Outcome {
  const work = (tree: Tree): Outcome => {
    if (tree.type === 'identifier') return values[tree.name] ?? unknown(tree.name);
    if (tree.type !== 'callExpression') return tree;
    const choose = CHOICES[tree.id];
    return choose ? choose(tree.arguments, work) : called(tree.id, tree.arguments.map(work));
  };
  return work(formula);
}

const NO_TEXT: Literal = { type: 'literal', dataType: 'text', value: '', options: { length: 0 } };

type Work = (tree: Tree) => Outcome;
type Choose = (parts: readonly Tree[], work: Work) => Outcome;

/** The functions that need not look at everything they are given. */
const CHOICES: Record<string, Choose> = {
  if([condition, yes, no], work) {
    const holds = worked(condition, work);
    if (holds.type === 'error') return holds;
    return worked(holds.value === true ? yes : no, work);
  },
  and: (parts, work) => firstThat(parts, work, false),
  or: (parts, work) => firstThat(parts, work, true),
  blankvalue: ([given, instead], work) => unlessBlank(given, instead, work),
  nullvalue: ([given, instead], work) => unlessBlank(given, instead, work),
  case([given, ...rest], work) {
    const value = worked(given, work);
    for (let place = 0; place + 1 < rest.length; place += 2) {
      const isSame = called('equal', [value, worked(rest[place], work)]);
      if (isSame.type === 'error') return isSame;
      if (isSame.value === true) return worked(rest[place + 1], work);
    }
    return worked(rest.at(-1), work);
  },
};

const worked = (part: Tree | undefined, work: Work): Outcome => (part ? work(part) : BLANK);

function firstThat(parts: readonly Tree[], work: Work, wanted: boolean): Outcome {
  for (const part of parts) {
    const outcome = work(part);
    if (outcome.type === 'error' || (outcome.value === true) === wanted) return outcome;
  }
  return { type: 'literal', dataType: 'checkbox', value: !wanted, options: {} };
}

function unlessBlank(given: Tree | undefined, instead: Tree | undefined, work: Work): Outcome {
  const value = worked(given, work);
  const isBlank = value.type === 'literal' && (value.value === null || value.value === '');
  return isBlank ? worked(instead, work) : value;
}

const OPERATORS: Record<string, string> = {
  ...{ add: '+', subtract: '-', multiply: '*', divide: '/', exponentiate: '^', equal: '=', unequal: '<>' },
  ...{ lessThan: '<', lessThanOrEqual: '<=', greaterThan: '>', greaterThanOrEqual: '>=' },
};

function called(name: string, given: readonly Outcome[]): Outcome {
  const failure = given.find((each) => each.type === 'error');
  if (failure) return failure;
  const literals = given.filter((each) => each.type === 'literal');
  // formulon writes NULL there.
  if (name === 'text' && literals.some(isNull)) return NO_TEXT;
  const names = literals.map((_, index) => `given${index}`);
  const values = Object.fromEntries(literals.map((each, index) => [names[index] ?? '', each]));
  const operator = OPERATORS[name];
  const outcome = parse(operator ? names.join(operator) : `${name}(${names.join(',')})`, values);
  const isOfBlank = outcome.type === 'error' && outcome.errorType === 'ArgumentError' && literals.some(isNull);
  if (!isOfBlank) return outcome;
  // A blank joined to a text adds nothing.
  return (name === 'add' && literals.find(({ dataType }) => dataType === 'text')) || BLANK;
}

const isNull = ({ value }: Literal): boolean => value === null;

function unknown(name: string): Failure {
  return { type: 'error', errorType: 'ReferenceError', message: `Field ${name} does not exist. Check spelling.` };
}
