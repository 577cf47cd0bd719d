import { OrgError } from '../org-error.ts';
import { type Call, isObject, objectBody, ok, type Parts, type Resource } from './call.ts';
import { together } from './composite.ts';
import { referencesIn } from './reference.ts';
import { halted, type Subanswer, type Subrequest, subrequests } from './subrequest.ts';

const MAX_GRAPHS = 75;
const MAX_NODES = 500;
const MAX_DEPTH = 15;
const MAX_KINDS = 15;
/** One more failed graph, and Salesforce does not try the rest. */
const MAX_FAILED_GRAPHS = 14;

interface Graph {
  graphId: string;
  requests: Subrequest[];
}

/** `/composite/graph`: up to 75 graphs with 500 nodes, each graph all or nothing. */
export function graphResources(parts: Parts): Resource[] {
  return [
    {
      method: 'POST',
      pattern: '/composite/graph',
      run(call) {
        let failures = 0;
        const graphs = readGraphs(call).map(({ graphId, requests }) => {
          const compositeResponse =
            failures > MAX_FAILED_GRAPHS ? requests.map(notTried) : together(parts, call, requests);
          const isSuccessful = compositeResponse.every(({ httpStatusCode }) => httpStatusCode < 300);
          if (!isSuccessful) failures++;
          return { graphId, graphResponse: { compositeResponse }, isSuccessful };
        });
        return ok({ graphs });
      },
    },
  ];
}

function notTried({ referenceId }: Subrequest): Subanswer {
  return halted(referenceId, 'The graph was not processed because more than 14 graphs of the request failed.');
}

function readGraphs(call: Call): Graph[] {
  const { graphs } = objectBody(call);
  if (!Array.isArray(graphs)) throw new OrgError('JSON_PARSER_ERROR', 'The body has to have an array of graphs.');
  if (graphs.length > MAX_GRAPHS) throw tooMany(`${MAX_GRAPHS} graphs`);
  const read = graphs.map((graph: unknown): Graph => {
    const { graphId, compositeRequest } = isObject(graph) ? graph : {};
    if (typeof graphId !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9_]*$/.test(graphId)) {
      throw new OrgError('INVALID_INPUT', `The graphId ${String(graphId)} has to be letters, numbers and underscores.`);
    }
    const requests = subrequests(compositeRequest);
    checkGraph(graphId, requests);
    return { graphId, requests };
  });
  const nodes = read.reduce((sum, { requests }) => sum + requests.length, 0);
  if (nodes > MAX_NODES) throw tooMany(`${MAX_NODES} nodes`);
  const twice = read.find(({ graphId }, index) => read.findIndex((other) => other.graphId === graphId) !== index);
  if (twice) throw new OrgError('INVALID_INPUT', `The graphId ${twice.graphId} is there twice.`);
  return read;
}

function checkGraph(graphId: string, requests: Subrequest[]): void {
  const depths = new Map<string, number>();
  const kinds = new Set<string>();
  for (const { method, url, body, referenceId } of requests) {
    const [, sobject] = /^\/services\/data\/v\d+\.\d\/sobjects\/(\w+)/.exec(url) ?? [];
    if (!sobject)
      throw new OrgError('INVALID_INPUT', `Graph ${graphId}: only /sobjects rows can be nodes, not ${url}.`);
    kinds.add(`${method} ${sobject}`);
    const above = referencesIn([url, body]).map((reference) => depths.get(reference) ?? 0);
    depths.set(referenceId, 1 + Math.max(0, ...above));
  }
  if (Math.max(...depths.values()) > MAX_DEPTH) throw tooMany(`a depth of ${MAX_DEPTH} nodes in graph ${graphId}`);
  if (kinds.size > MAX_KINDS) throw tooMany(`${MAX_KINDS} different kinds of nodes in graph ${graphId}`);
}

function tooMany(limit: string): OrgError {
  return new OrgError('LIMIT_EXCEEDED', `A composite graph request can contain at most ${limit}.`);
}
