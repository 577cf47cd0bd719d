import { MultipleChoices } from '../multiple-choices.ts';
import type { SandboxOrg, Session } from '../open-org.ts';
import { OrgError } from '../org-error.ts';
import type { Body } from '../rows/body.ts';

/** One REST call, or one subrequest of a composite one. */
export interface Call {
  method: string;
  /** What follows `/services/data/vXX.X`, without the query. */
  path: string;
  query: URLSearchParams;
  body: unknown;
  /** `/services/data/v68.0` */
  base: string;
  session: Session;
}

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export interface Resource {
  method: string;
  /** `/sobjects/:sobject/:id` */
  pattern: string;
  run(call: Call, parameters: Record<string, string>): Answer;
}

export interface Parts {
  org: SandboxOrg;
  /** API calls of a day, and how many are left. */
  dailyLimit(): number;
  remainingCalls(): number;
  /** Answers a subrequest; throws OrgError like the resource itself. */
  run(call: Call): Answer;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const noContent: Answer = { status: 204, body: null };

/** The answer of a refused call. */
export function refusal(error: OrgError): Answer {
  return { status: error.status, body: error instanceof MultipleChoices ? error.urls : [error.toJSON()] };
}

export function notFound(message = 'The requested resource does not exist'): OrgError {
  return new OrgError('NOT_FOUND', message, { status: 404 });
}

/** The call's body, which has to be a JSON object. */
export function objectBody({ body }: Call): Body {
  if (isObject(body)) return body;
  throw new OrgError('JSON_PARSER_ERROR', 'The HTTP entity body is required, and has to be a JSON object.');
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
