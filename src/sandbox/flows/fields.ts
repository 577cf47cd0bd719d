import type { XmlElement } from '../metadata/xml.ts';
import type { Field } from '../org/schema/field.ts';
import type { Schema } from '../org/schema/schema.ts';
import type { SObject } from '../org/schema/sobject.ts';
import type { Reference } from './blueprint.ts';
import type { Interview } from './interview.ts';
import { Refused } from './refused.ts';
import { type FlowValue, isRecord, takenAs, withField } from './values.ts';

/**
 * A field of the record behind a reference, perhaps through its parents: `Owner.Email`, `Owner:User.Email`. Throws
 * Refused, at the element that names the path, when there is no such field or nobody reads or fills it.
 */
export function fieldOf(
  schema: Schema,
  record: Reference,
  steps: readonly string[],
  { path, element, isFilled }: { path: string; element: XmlElement; isFilled: boolean },
): Reference {
  const { type } = record;
  if (type.kind !== 'record' || type.isCollection) {
    throw new Refused(element, `${path} names a field of what is no single record.`);
  }
  const { sobject } = type;
  const field = fieldAt(schema, sobject, steps);
  if (!field) throw new Refused(element, `${sobject.name} has no ${steps.join('.')}.`);
  const own = steps.length === 1 ? field : sobject.relationship(steps[0]?.split(':')[0] ?? '');
  if (type.read && own && !type.read.has(own) && !isFilled) {
    throw new Refused(element, `${path} is not there: the Get Records element does not read ${own.name}.`);
  }
  const { assign } = record;
  const reference: Reference = {
    type: { kind: 'plain', field, isCollection: false },
    read: (interview) => valueAt(interview, sobject, record.read(interview), steps),
  };
  if (!assign || steps.length > 1) return reference;
  return {
    ...reference,
    assign: (interview, value) =>
      assign(interview, withField(record.read(interview), sobject.name, field.name, takenAs(field.type, value))),
  };
}

/** A field of an object by its API name. Throws Refused when there is none. */
export function ownField(sobject: SObject, name: string, at: XmlElement): Field {
  const field = sobject.field(name);
  if (field) return field;
  throw new Refused(at, `${sobject.name} has no field ${name}.`);
}

function fieldAt(schema: Schema, sobject: SObject, [step = '', ...rest]: readonly string[]): Field | undefined {
  if (rest.length === 0) return sobject.field(step);
  const [relationship = '', target] = step.split(':');
  const lookup = sobject.relationship(relationship);
  const parents = target ? [target] : (lookup?.referenceTo ?? []);
  if (!lookup?.referenceTo.some((each) => parents.includes(each))) return undefined;
  for (const parent of parents.flatMap((each) => schema.find(each) ?? [])) {
    const field = fieldAt(schema, parent, rest);
    if (field) return field;
  }
  return undefined;
}

function valueAt(interview: Interview, sobject: SObject, record: FlowValue, [step = '', ...rest]: readonly string[]) {
  if (!isRecord(record)) return null;
  if (rest.length === 0) return record.fields[sobject.field(step)?.name ?? step] ?? null;
  const lookup = sobject.relationship(step.split(':')[0] ?? '');
  const id = record.fields[lookup?.name ?? ''];
  const parent = typeof id === 'string' ? interview.org.schema.ofId(id) : undefined;
  if (!parent || typeof id !== 'string') return null;
  const path = rest.map((each) => each.replace(/:\w+$/, '')).join('.');
  return interview.org.fieldBehind(parent.name, id, path);
}
