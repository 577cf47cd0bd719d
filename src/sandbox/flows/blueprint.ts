import { along, first, textOf, type XmlElement } from '../metadata/xml.ts';
import type { Schema } from '../org/schema/schema.ts';
import type { SObject } from '../org/schema/sobject.ts';
import { ELEMENTS } from './elements/registry.ts';
import { fieldOf } from './fields.ts';
import type { FlowFile } from './flow-file.ts';
import { globalReference } from './globals.ts';
import type { Interview } from './interview.ts';
import { Refused } from './refused.ts';
import { RESOURCES } from './resources.ts';
import type { FlowValue, ValueType } from './values.ts';

/** A name in a flow, `Each_Contract.AccountId` or `$Flow.CurrentDate`, found out before the flow runs. */
export interface Reference {
  readonly type: ValueType;
  read(interview: Interview): FlowValue;
  /** Absent for what nobody can assign to. */
  assign?(interview: Interview, value: FlowValue): void;
}

/** What the parts of a flow are made with: its file, the org's schema and the names it knows. */
export interface Blueprint {
  readonly file: FlowFile;
  readonly schema: Schema;
  /** Every flow of the org, for what a subflow takes and hands back. */
  readonly flows: ReadonlyMap<string, FlowFile>;
  /** The object of `$Record`; undefined unless a record or an event starts the flow. */
  readonly startObject: SObject | undefined;
  /** Whether it runs before `$Record` is saved, when it can write nothing else. */
  readonly isBeforeSave: boolean;
  /** Throws Refused, at that element, for a name the flow does not know. */
  refer(path: string, at: XmlElement): Reference;
}

/**
 * Makes what the name of an element stands for. `steps` is what follows the name, of which it returns what it leaves over:
 * fields of a record. Throws Refused at `at`, where the name is used.
 */
export type Namer = (
  blueprint: Blueprint,
  element: XmlElement,
  steps: readonly string[],
  at: XmlElement,
) => { reference: Reference; rest: readonly string[] };

const ASSIGNED = 'assignments/assignmentItems/assignToReference';

/** The blueprint of one flow; each name is worked out when it is asked for. */
export function makeBlueprint(given: Omit<Blueprint, 'refer'>): Blueprint {
  const named = new Map(given.file.root.children.map((element) => [textOf(element, 'name') ?? '', element]));
  const filled = new Set(along(given.file.root, ASSIGNED).map(({ text }) => text.trim()));
  const inMaking = new Set<string>();
  // A formula is read once, however many name it.
  const known = new Map<string, Reference>();

  const refer = (path: string, at: XmlElement): Reference => {
    const found = known.get(path) ?? made(path, at);
    known.set(path, found);
    return found;
  };

  const made = (path: string, at: XmlElement): Reference => {
    const [head = '', ...steps] = path.split('.');
    const element = named.get(head);
    const namer = head.startsWith('$') ? globalReference : element && (RESOURCES[element.name] ?? namerOf(element));
    if (!namer) throw new Refused(at, `There is no element or resource ${head} that holds a value.`);
    if (inMaking.has(head)) throw new Refused(at, `The formula ${head} refers to itself.`);
    inMaking.add(head);
    try {
      const { reference, rest } = namer(blueprint, element ?? at, head.startsWith('$') ? [head, ...steps] : steps, at);
      if (rest.length === 0) return reference;
      return fieldOf(given.schema, reference, rest, { path, element: at, isFilled: filled.has(path) });
    } finally {
      inMaking.delete(head);
    }
  };

  const blueprint: Blueprint = { ...given, refer };
  return blueprint;
}

const namerOf = (element: XmlElement): Namer | undefined => ELEMENTS.get(element.name)?.output;

/** The object an element names. */
export function objectOf({ schema }: Blueprint, element: XmlElement): SObject {
  const named = first(element, 'object');
  const found = named && schema.find(named.text.trim());
  if (found) return found;
  throw new Refused(named ?? element, `There is no object ${named?.text.trim() ?? ''}.`);
}

/** Where a connector leads, `defaultConnector` or `connector`; undefined where the flow ends. */
export function targetOf(element: XmlElement, tag = 'connector'): string | undefined {
  const connector = first(element, tag);
  return connector && textOf(connector, 'targetReference');
}
