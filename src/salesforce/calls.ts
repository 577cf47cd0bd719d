import type { Connection } from 'jsforce';
import { API_VERSION } from './connection.ts';
import { firstCause, type Graph, type GraphResult, graphBody, inCalls, type SubResponse } from './graphs.ts';
import { errorIn, SalesforceError } from './salesforce-error.ts';

/** A row as the REST API answers it; parents stand under their relationship name. */
export interface Row {
  [field: string]: string | number | boolean | null | undefined | Row;
}

/** A change to one row that stands by itself. */
export interface RowChange {
  sobject: string;
  id: string;
  fields: Record<string, unknown>;
}

export type RowResult = { written: true } | { written: false; error: SalesforceError };

/** The few kinds of calls the service makes; each is one API call, however much it carries. */
export interface Calls {
  /** Runs queries, five a call, and reads every page; a query that is null selects nothing. */
  select<Q extends Record<string, string | null>>(queries: Q): Promise<Record<keyof Q, Row[]>>;
  /** Runs queries for what the org says to them, five a call: null to those it runs. One that may be run later is not refused. */
  probe(queries: readonly string[]): Promise<(SalesforceError | null)[]>;
  /** Makes one row and answers its id, for what the other ways do not take. @throws SalesforceError when it is refused */
  create(sobject: string, fields: Record<string, unknown>): Promise<string>;
  /** Writes graphs, 75 or 500 nodes a call; the results stand in the order of the graphs. */
  write(graphs: readonly Graph[]): Promise<GraphResult[]>;
  /** Changes rows independently of each other, 200 a call; the results stand in the order of the changes. */
  update(changes: readonly RowChange[]): Promise<RowResult[]>;
  /** Deletes rows independently of each other, 200 a call; the results stand in the order of the ids. */
  remove(ids: readonly string[]): Promise<RowResult[]>;
  /** The fields of an object that the service may see, with their types; none when the org hides or lacks the object. */
  visibleFields(sobject: string): Promise<ReadonlyMap<string, string>>;
}

const BASE = `/services/data/v${API_VERSION}`;
const TIMEOUT_MS = 30_000;
/** Limit of query subrequests in one composite request. */
const QUERIES_A_CALL = 5;
/** Limit of one sObject Collections request (REST API Developer Guide, "Update Multiple Records"). */
const ROWS_A_CALL = 200;

interface QueryPage {
  records: Row[];
  done: boolean;
  nextRecordsUrl?: string;
}

/** What a collection request says about one row. */
interface RowAnswer {
  success: boolean;
  errors: { statusCode: string; message: string }[];
}

function rowResult({ success, errors: [error] }: RowAnswer): RowResult {
  if (success) return { written: true };
  const { statusCode = 'UNKNOWN_EXCEPTION', message = 'No reason was given.' } = error ?? {};
  return { written: false, error: new SalesforceError(statusCode, message, 400) };
}

const NO_ANSWER: RowResult = {
  written: false,
  error: new SalesforceError('UNKNOWN_EXCEPTION', 'Salesforce gave no answer for this row.', 500),
};

export function callsOver(connection: Connection): Calls {
  const options = { timeout: TIMEOUT_MS };

  const send = async <Answer>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Answer> => {
    const content = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    try {
      return await connection.request<Answer>({ method, url: BASE + path, ...content }, options);
    } catch (error) {
      throw asSalesforceError(error);
    }
  };

  const remainingPages = async (page: QueryPage): Promise<Row[]> => {
    if (page.done || !page.nextRecordsUrl) return page.records;
    const next = await connection.requestGet<QueryPage>(page.nextRecordsUrl, options);
    return [...page.records, ...(await remainingPages(next))];
  };

  const queryOneCall = async (queries: readonly [string, string][]): Promise<SubResponse[]> => {
    const { compositeResponse } = await send<{ compositeResponse: SubResponse[] }>('POST', '/composite', {
      compositeRequest: queries.map(([name, soql]) => ({
        method: 'GET',
        referenceId: name,
        url: `${BASE}/query?q=${encodeURIComponent(soql)}`,
      })),
    });
    return compositeResponse;
  };

  const selectOneCall = async (queries: readonly [string, string][]): Promise<[string, Row[]][]> => {
    const compositeResponse = await queryOneCall(queries);
    return Promise.all(
      compositeResponse.map(async ({ referenceId, httpStatusCode, body }): Promise<[string, Row[]]> => {
        if (httpStatusCode >= 400) throw errorIn(body, httpStatusCode);
        return [referenceId, await remainingPages(body as QueryPage)];
      }),
    );
  };

  const writeOneCall = async (graphs: readonly Graph[]): Promise<GraphResult[]> => {
    const { graphs: answers } = await send<{
      graphs: { graphResponse: { compositeResponse: SubResponse[] }; isSuccessful: boolean }[];
    }>('POST', '/composite/graph', { graphs: graphs.map(graphBody) });
    return answers.map(({ isSuccessful, graphResponse }) =>
      isSuccessful ? { written: true } : { written: false, ...firstCause(graphResponse.compositeResponse) },
    );
  };

  const updateOneCall = async (changes: readonly RowChange[]): Promise<RowResult[]> => {
    const records = changes.map(({ sobject, id, fields }) => ({ attributes: { type: sobject }, id, ...fields }));
    return (await send<RowAnswer[]>('PATCH', '/composite/sobjects', { allOrNone: false, records })).map(rowResult);
  };

  return {
    async select(queries) {
      const asked = Object.entries(queries).filter((entry): entry is [string, string] => entry[1] !== null);
      const nothing: Record<string, Row[]> = Object.fromEntries(Object.keys(queries).map((name) => [name, []]));
      const answers = (await Promise.all(fivesOf(asked).map(selectOneCall))).flat();
      return { ...nothing, ...Object.fromEntries(answers) } as Record<keyof typeof queries, Row[]>;
    },

    async probe(queries) {
      const named = queries.map((soql, index): [string, string] => [`probe${index}`, soql]);
      const answers = (await Promise.all(fivesOf(named).map(queryOneCall))).flat();
      return answers.map(({ httpStatusCode, body }) => {
        const error = httpStatusCode >= 400 ? errorIn(body, httpStatusCode) : null;
        return error?.transient ? null : error;
      });
    },

    async create(sobject, fields) {
      const { id } = await send<{ id: string }>('POST', `/sobjects/${sobject}`, fields);
      return id;
    },

    async write(graphs) {
      const answers = await Promise.all(inCalls(graphs).map(writeOneCall));
      return answers.flat();
    },

    /** Rows of one object stand together, because a call may change objects ten times at most. */
    async update(changes) {
      const sorted = changes.toSorted((one, other) => one.sobject.localeCompare(other.sobject));
      const results = new Map<RowChange, RowResult>();
      for (let start = 0; start < sorted.length; start += ROWS_A_CALL) {
        const batch = sorted.slice(start, start + ROWS_A_CALL);
        const answers = await updateOneCall(batch);
        for (const [index, change] of batch.entries()) results.set(change, answers[index] ?? NO_ANSWER);
      }
      return changes.map((change) => results.get(change) ?? NO_ANSWER);
    },

    async remove(ids) {
      const results: RowResult[] = [];
      for (let start = 0; start < ids.length; start += ROWS_A_CALL) {
        const batch = ids.slice(start, start + ROWS_A_CALL);
        const path = `/composite/sobjects?allOrNone=false&ids=${batch.join(',')}`;
        results.push(...(await send<RowAnswer[]>('DELETE', path)).map(rowResult));
      }
      return results;
    },

    async visibleFields(sobject) {
      try {
        const { fields } = await connection.describe(sobject);
        return new Map(fields.map(({ name, type }) => [name.toLowerCase(), type]));
      } catch (error) {
        const refusal = asSalesforceError(error);
        if (refusal.code === 'NOT_FOUND') return new Map();
        throw refusal;
      }
    },
  };
}

function fivesOf<T>(queries: readonly T[]): T[][] {
  const fives: T[][] = [];
  for (let start = 0; start < queries.length; start += QUERIES_A_CALL)
    fives.push(queries.slice(start, start + QUERIES_A_CALL));
  return fives;
}

/** jsforce tells no status, only a code; what has none never reached Salesforce and may be tried again. */
function asSalesforceError(error: unknown): SalesforceError {
  if (!(error instanceof Error)) return new SalesforceError('UNKNOWN_EXCEPTION', String(error), 500);
  const code = 'errorCode' in error ? String(error.errorCode) : 'SERVER_UNAVAILABLE';
  const status = Number(/^ERROR_HTTP_(\d+)$/.exec(code)?.[1] ?? (code === 'SERVER_UNAVAILABLE' ? 503 : 400));
  return new SalesforceError(code, error.message, status);
}
