import { OrgError } from '../org-error.ts';
import { isObject } from './call.ts';

const REFERENCE = /@\{([^}]+)\}/g;

/** The bodies of the subrequests answered so far, by reference id. */
export type Results = ReadonlyMap<string, unknown>;

/** Puts the values of `@{ref.field}` into every text of a URL or a body. Throws when there is no such value. */
export function dereferenced<T>(value: T, results: Results): T;
export function dereferenced(value: unknown, results: Results): unknown {
  if (typeof value === 'string') return inText(value, results);
  if (Array.isArray(value)) return value.map((each) => dereferenced(each, results));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, dereferenced(each, results)]));
}

/** The reference ids a URL or a body names. */
export function referencesIn(value: unknown): string[] {
  if (typeof value === 'string')
    return [...value.matchAll(REFERENCE)].map(([, path = '']) => path.split(/[.[]/)[0] ?? '');
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return isObject(value) ? Object.values(value).flatMap(referencesIn) : [];
}

function inText(text: string, results: Results): unknown {
  const whole = /^@\{([^}]+)\}$/.exec(text);
  if (whole) return valueAt(whole[1] ?? '', results);
  return text.replace(REFERENCE, (_, path: string) => String(valueAt(path, results)));
}

function valueAt(path: string, results: Results): unknown {
  const [reference = '', ...steps] = path.split(/[.[\]]+/).filter((step) => step !== '');
  let at = results.get(reference);
  for (const step of steps) at = isObject(at) ? at[step] : Array.isArray(at) ? at[Number(step)] : undefined;
  if (at !== undefined && at !== null) return at;
  throw new OrgError('PROCESSING_HALTED', `Invalid reference specified. No value for ${path} found in ${reference}.`);
}
