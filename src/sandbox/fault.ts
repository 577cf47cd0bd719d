import { z } from 'zod';

const count = z.number().int().positive().optional();

/** What can be ordered at `POST /faults`; docs/sandbox.md explains each. */
const faultSchema = z.strictObject({
  times: count,
  path: z.string().optional(),
  method: z.string().optional(),
  status: z.number().int().min(400).max(599).optional(),
  errorCode: z.string().optional(),
  message: z.string().optional(),
  /** Seconds, as SendGrid and proxies send them with 429 and 503. */
  retryAfter: z.number().int().nonnegative().optional(),
  latencyMs: z.number().int().nonnegative().optional(),
  drop: z.literal(true).optional(),
  nodes: z.strictObject({ sobject: z.string(), errorCode: z.string(), message: z.string(), times: count }).optional(),
  /** A row somebody else holds: writes to it, and to rows below it, do not get through. */
  lock: z.string().min(15).optional(),
  /** The day's API calls instead of 100,000. */
  dailyApiRequests: z.number().int().nonnegative().optional(),
  stream: z.enum(['silent', 'reset', 'stale']).optional(),
  /** `/event/NPS_Lifecycle__e`; every topic if not given. */
  topic: z.string().optional(),
});

export type Fault = z.infer<typeof faultSchema>;

/** Failures somebody ordered: of requests, of writes, of the daily limit and of event streams. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  all(): Fault[];
  /** Calls the listener whenever a fault is added or all are cleared; returns how to stop. */
  onChange(listener: () => void): () => void;
  /** The faults that meet this request; each counts as used once. */
  meeting(method: string, path: string): Fault[];
  /** What writes to this object are ordered to fail with, as at a customer's validation rule. */
  writing(sobject: string): { errorCode: string; message: string } | undefined;
  /** Whether one of these rows is held by somebody else. */
  isLocked(ids: readonly string[]): boolean;
  /** The day's API calls, if a limit is ordered. */
  dailyApiRequests(): number | undefined;
  /** Whether streams of this topic are to be silent, be reset, or find their replay id stale. */
  stream(topic: string, kind: 'silent' | 'reset' | 'stale'): boolean;
}

const KINDS = ['path', 'nodes', 'lock', 'dailyApiRequests', 'stream'] as const;

/** Reads an order, or says in a sentence why it is none. */
export function readFault(given: unknown): { fault: Fault } | { problem: string } {
  const parsed = faultSchema.safeParse(given);
  if (!parsed.success) return { problem: z.prettifyError(parsed.error) };
  if (KINDS.every((kind) => parsed.data[kind] === undefined))
    return { problem: `it needs one of ${KINDS.join(', ')}.` };
  const problem = patternProblem(parsed.data.path);
  return problem ? { problem } : { fault: parsed.data };
}

function patternProblem(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  try {
    new RegExp(path);
    return undefined;
  } catch (error) {
    return `its path is neither a prefix nor a regular expression: ${String(error)}`;
  }
}
