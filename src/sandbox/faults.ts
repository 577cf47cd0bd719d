import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { OrgError } from './org/org-error.ts';

const count = z.number().int().positive().optional();

const faultSchema = z.strictObject({
  path: z.string().optional(),
  method: z.string().optional(),
  times: count,
  status: z.number().int().min(400).max(599).optional(),
  errorCode: z.string().optional(),
  message: z.string().optional(),
  latencyMs: z.number().int().nonnegative().optional(),
  drop: z.literal(true).optional(),
  nodes: z.strictObject({ sobject: z.string(), errorCode: z.string(), message: z.string(), times: count }).optional(),
});

export type Fault = z.infer<typeof faultSchema>;

/** Failures somebody ordered: of whole requests, and of writes to one kind of record. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  all(): Fault[];
  /** The faults that meet this request; each counts as used once. */
  meeting(method: string, path: string): Fault[];
  /** Throws when writes to this object are ordered to fail, as a customer's validation rule would. */
  checkWrite(sobject: string): void;
}

/** No failures until some are added. A fault without `times` stays until it is cleared. */
export function makeFaults(): Faults {
  let faults: Fault[] = [];
  const used = (spent: Fault) => {
    const counter = spent.nodes ?? spent;
    if (counter.times !== undefined && --counter.times === 0) faults = faults.filter((fault) => fault !== spent);
  };
  return {
    add: (fault) => void faults.push(structuredClone(fault)),
    clear: () => {
      faults = [];
    },
    all: () => faults,
    meeting(method, path) {
      const met = faults.filter((fault) => fault.path !== undefined && !fault.nodes && isMet(fault, method, path));
      met.forEach(used);
      return met;
    },
    checkWrite(sobject) {
      const fault = faults.find(({ nodes }) => nodes?.sobject.toLowerCase() === sobject.toLowerCase());
      if (!fault?.nodes) return;
      used(fault);
      throw new OrgError(fault.nodes.errorCode, fault.nodes.message, { fields: [] });
    },
  };
}

/** `GET`, `POST` and `DELETE /faults`, and the hook that makes requests fail; register it before every other route. */
export function faultRoutes(app: FastifyInstance, faults: Faults): void {
  app.addHook('preHandler', async (request, reply) => {
    const path = request.url.replace(/^\/+/, '/');
    if (path.startsWith('/faults')) return;
    for (const fault of faults.meeting(request.method, path)) {
      if (fault.latencyMs) await new Promise((resolve) => setTimeout(resolve, fault.latencyMs));
      if (fault.drop) {
        reply.hijack();
        request.raw.socket.destroy();
        return;
      }
      if (fault.status !== undefined || fault.errorCode !== undefined) {
        return reply.code(fault.status ?? 500).send(errorBody(fault, path));
      }
    }
  });
  app.get('/faults', () => faults.all());
  app.post('/faults', (request, reply) => {
    const parsed = faultSchema.safeParse(request.body);
    const problem = parsed.success ? pathProblem(parsed.data) : z.prettifyError(parsed.error);
    if (!parsed.success || problem) return reply.code(400).send({ error: `This is no fault: ${problem}` });
    faults.add(parsed.data);
    return reply.code(201).send(parsed.data);
  });
  app.delete('/faults', (_, reply) => {
    faults.clear();
    return reply.code(204).send();
  });
}

function isMet({ method, path = '' }: Fault, calledMethod: string, calledPath: string): boolean {
  if (method && method.toUpperCase() !== calledMethod) return false;
  return calledPath.startsWith(path) || new RegExp(path).test(calledPath);
}

function pathProblem({ path, nodes }: Fault): string | undefined {
  if (path === undefined) return nodes ? undefined : 'it needs a path, or nodes.';
  try {
    new RegExp(path);
    return undefined;
  } catch (error) {
    return `its path is neither a prefix nor a regular expression: ${String(error)}`;
  }
}

/** The error as the service behind that path writes it. */
function errorBody(
  { errorCode = 'SERVER_UNAVAILABLE', message = 'A fault was ordered here.' }: Fault,
  path: string,
): object {
  if (path.startsWith('/v3/')) return { errors: [{ message, field: null, help: null }] };
  if (path.startsWith('/services/oauth2')) return { error: errorCode, error_description: message };
  return [{ message, errorCode }];
}
