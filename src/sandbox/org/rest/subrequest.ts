import { OrgError, unsupported } from '../org-error.ts';
import { type Answer, type Call, isObject, type Parts, refusal } from './call.ts';
import { dereferenced, type Results } from './reference.ts';

/** One step of a composite request or one node of a graph, as the client wrote it. */
export interface Subrequest {
  method: string;
  url: string;
  referenceId: string;
  body: unknown;
}

export interface Subanswer {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

export const ROLLED_BACK = 'The transaction was rolled back since another operation in the same transaction failed.';

/** Reads a `compositeRequest` array. Throws when it is not one, or its reference ids are not unique and plain. */
export function subrequests(given: unknown): Subrequest[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw new OrgError('JSON_PARSER_ERROR', 'The compositeRequest has to be an array of at least one subrequest.');
  }
  const seen = new Set<string>();
  return given.map((each: unknown) => {
    const { method, url, referenceId, body } = isObject(each) ? each : {};
    if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
      throw new OrgError('JSON_PARSER_ERROR', 'Every subrequest needs method, url and referenceId.');
    }
    if (!/^[A-Za-z0-9][A-Za-z0-9_]*$/.test(referenceId)) {
      const message = `Provided referenceId ('${referenceId}') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`;
      throw new OrgError('INVALID_INPUT', message);
    }
    if (seen.has(referenceId)) {
      throw new OrgError(
        'INVALID_INPUT',
        `Duplicate ReferenceId provided in the request: ${referenceId}. ReferenceId must be unique.`,
      );
    }
    seen.add(referenceId);
    return { method: method.toUpperCase(), url, referenceId, body };
  });
}

/** Answers a subrequest with its references filled in; a refusal is an answer, too, and leaves nothing behind. */
export function answered({ org, run }: Parts, parent: Call, request: Subrequest, results: Results): Answer {
  try {
    const url = dereferenced(request.url, results);
    const body = dereferenced(request.body, results);
    const { base, path, query } = split(url);
    return org.transaction(() => run({ ...parent, method: request.method, base, path, query, body }));
  } catch (error) {
    if (error instanceof OrgError) return refusal(error);
    throw error;
  }
}

export function subanswer(referenceId: string, { status, body, headers = {} }: Answer): Subanswer {
  return { body, httpHeaders: headers, httpStatusCode: status, referenceId };
}

/** The answer of a subrequest that was undone, or never tried, because another one failed. */
export function halted(referenceId: string, message: string): Subanswer {
  return subanswer(referenceId, { status: 400, body: [{ errorCode: 'PROCESSING_HALTED', message }] });
}

export const failed = ({ status }: Answer): boolean => status >= 300;

function split(url: string): { base: string; path: string; query: URLSearchParams } {
  const [, base = '', path, query] = /^(\/services\/data\/v\d+\.\d)(\/[^?]*)(?:\?(.*))?$/.exec(url) ?? [];
  if (path === undefined) throw unsupported(`the subrequest URL ${url}: it has to begin with /services/data/vXX.X/`);
  return { base, path, query: new URLSearchParams(query) };
}
