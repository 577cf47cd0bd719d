import { salesforceDateTime } from '../org/rows/value.ts';
import type { Blueprint, Namer, Reference } from './blueprint.ts';
import type { Interview } from './interview.ts';
import { Refused } from './refused.ts';
import { type FlowValue, plain, recordOf, type ValueType } from './values.ts';

const readOnly = (type: ValueType, read: (interview: Interview) => FlowValue): Reference => ({ type, read });

/** `$Flow.CurrentDate`, `$Record.Name`, `$User.Email`: what every flow knows without declaring it. */
export const globalReference: Namer = (blueprint, _, [name = '', ...steps], at) => {
  const make = GLOBALS[name];
  if (!make) throw new Refused(at, `The sandbox does not know ${name}.`);
  const found = make(blueprint, steps);
  if (found) return found;
  throw new Refused(at, `The sandbox does not know ${[name, ...steps].join('.')}.`);
};

type Found = ReturnType<Namer>;
const GLOBALS: Record<string, (blueprint: Blueprint, steps: readonly string[]) => Found | undefined> = {
  $Flow: (_, [name = '', ...rest]) => FLOW[name] && { reference: FLOW[name], rest },
  $GlobalConstant: (_, [name = '', ...rest]) => CONSTANTS[name] && { reference: CONSTANTS[name], rest },
  $Record: ({ startObject }, rest) =>
    startObject && {
      reference: {
        type: recordOf(startObject),
        read: ({ values }) => values.get('$Record') ?? null,
        assign: ({ values }, value) => void values.set('$Record', value),
      },
      rest,
    },
  $Record__Prior: ({ startObject }, rest) =>
    startObject && {
      reference: readOnly(recordOf(startObject), ({ values }) => values.get('$Record__Prior') ?? null),
      rest,
    },
  $User: (blueprint, rest) => theRow(blueprint, 'User', ({ org }) => org.userId, rest),
  $Organization: (blueprint, rest) => theRow(blueprint, 'Organization', ({ org }) => org.organizationId, rest),
};

// The days of the sandbox's formulas begin at midnight UTC, and so do these.
const FLOW: Record<string, Reference> = {
  CurrentDate: readOnly(plain('date'), ({ org }) => org.now().toISOString().slice(0, 10)),
  CurrentDateTime: readOnly(plain('datetime'), ({ org }) => salesforceDateTime(org.now())),
  InterviewStartTime: readOnly(plain('datetime'), ({ began }) => salesforceDateTime(began)),
  FaultMessage: readOnly(plain('string'), ({ fault }) => fault),
};

const CONSTANTS: Record<string, Reference> = {
  True: readOnly(plain('boolean'), () => true),
  False: readOnly(plain('boolean'), () => false),
  EmptyString: readOnly(plain('string'), () => ''),
};

function theRow(
  { schema }: Blueprint,
  object: string,
  id: (interview: Interview) => string,
  rest: readonly string[],
): Found {
  const read = (interview: Interview): FlowValue => interview.org.row(object, id(interview));
  return { reference: readOnly(recordOf(schema.get(object)), read), rest };
}
