import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Fault, type Faults, readFault } from './fault.ts';

/** No failures until some are added. A fault without `times` stays until it is cleared. */
export function makeFaults(): Faults {
  let faults: Fault[] = [];
  const listeners = new Set<() => void>();
  const used = (spent: Fault) => {
    const counter = spent.nodes ?? spent;
    if (counter.times !== undefined && --counter.times === 0) faults = faults.filter((fault) => fault !== spent);
  };
  const told = () => {
    for (const listener of [...listeners]) listener();
  };
  return {
    add(fault) {
      faults.push(structuredClone(fault));
      told();
      // A reset meets the streams that are open now.
      faults = faults.filter(({ stream }) => stream !== 'reset');
    },
    clear() {
      faults = [];
      told();
    },
    all: () => faults,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    meeting(method, path) {
      const met = faults.filter((fault) => fault.path !== undefined && !fault.nodes && isMet(fault, method, path));
      met.forEach(used);
      return met;
    },
    writing(sobject) {
      const met = faults.find(({ nodes }) => nodes?.sobject.toLowerCase() === sobject.toLowerCase());
      if (met) used(met);
      return met?.nodes;
    },
    isLocked(ids) {
      const met = faults.find(({ lock }) => lock !== undefined && ids.some((id) => id.startsWith(lock.slice(0, 15))));
      if (met) used(met);
      return met !== undefined;
    },
    dailyApiRequests: () => faults.findLast((fault) => fault.dailyApiRequests !== undefined)?.dailyApiRequests,
    stream(topic, kind) {
      const met = faults.find(({ stream, topic: only }) => stream === kind && (only === undefined || only === topic));
      // Silence and resets are states; a refusal happens as often as ordered.
      if (met && kind === 'stale') used(met);
      return met !== undefined;
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
      if (fault.status !== undefined || fault.errorCode !== undefined) return fail(reply, fault, path);
    }
  });
  app.get('/faults', () => faults.all());
  app.post('/faults', (request, reply) => {
    const read = readFault(request.body);
    if ('problem' in read) return reply.code(400).send({ error: `This is no fault: ${read.problem}` });
    faults.add(read.fault);
    return reply.code(201).send(read.fault);
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

const SESSION_EXPIRED = { status: 401, message: 'Session expired or invalid' };

function fail(reply: FastifyReply, fault: Fault, path: string): FastifyReply {
  const { status = 500, message } = fault.errorCode === 'INVALID_SESSION_ID' ? { ...SESSION_EXPIRED, ...fault } : fault;
  if (fault.retryAfter !== undefined) reply.header('Retry-After', String(fault.retryAfter));
  return reply.code(status).send(errorBody({ ...fault, ...(message === undefined ? {} : { message }) }, path));
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
