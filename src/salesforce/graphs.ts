import { API_VERSION } from './connection.ts';
import { errorIn, SalesforceError } from './salesforce-error.ts';

/** One write inside a graph. `row` is a path below `sobjects/`: `Account/001…` or `NPS_Survey__c/Survey_Key__c/ab12…`. */
export interface Node {
  ref: string;
  method: 'POST' | 'PATCH';
  row: string;
  fields: Record<string, unknown>;
}

/** All of its nodes are written, or none. */
export type Graph = readonly Node[];

export type GraphResult = { written: true } | { written: false; ref: string; error: SalesforceError };

/** Limits of one composite graph request (REST API Developer Guide, "Composite Graph Limits"). */
const GRAPHS_A_CALL = 75;
const NODES_A_CALL = 500;

/** One answer inside the answer of a composite or graph request. */
export interface SubResponse {
  body: unknown;
  httpStatusCode: number;
  referenceId: string;
}

/** A graph as the request names it. */
export function graphBody(nodes: Graph, index: number) {
  return {
    graphId: `graph${index}`,
    compositeRequest: nodes.map(({ ref, method, row, fields }) => ({
      referenceId: ref,
      method,
      url: `/services/data/v${API_VERSION}/sobjects/${row}`,
      body: fields,
    })),
  };
}

/** Spreads graphs over as few calls as the limits allow. */
export function inCalls(graphs: readonly Graph[]): Graph[][] {
  const calls: Graph[][] = [];
  let nodes = 0;
  for (const graph of graphs) {
    const last = calls.at(-1);
    if (last && last.length < GRAPHS_A_CALL && nodes + graph.length <= NODES_A_CALL) {
      last.push(graph);
      nodes += graph.length;
    } else {
      calls.push([graph]);
      nodes = graph.length;
    }
  }
  return calls;
}

/** The node that failed by itself; those that were only dragged along say `PROCESSING_HALTED`. */
export function firstCause(responses: readonly SubResponse[]): { ref: string; error: SalesforceError } {
  const failures = responses
    .filter(({ httpStatusCode }) => httpStatusCode >= 400)
    .map(({ referenceId, body, httpStatusCode }) => ({ ref: referenceId, error: errorIn(body, httpStatusCode) }));
  const cause = failures.find(({ error }) => error.code !== 'PROCESSING_HALTED') ?? failures[0];
  return cause ?? { ref: '', error: new SalesforceError('PROCESSING_HALTED', 'The graph was not processed.', 400) };
}
