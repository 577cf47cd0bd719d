/** How much of Salesforce is here: `partly` and `no` say in a note what is missing. */
export type Support = 'yes' | 'partly' | 'no';

/** How a row is held to the code: a query or a request and how it is answered, or the test that tries it. */
export type Probe =
  | { query: string; answers: Answered }
  | { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; path: string; body?: object; answers: Answered }
  | { test: string; in: string };

/** The HTTP status of success, or Salesforce's error code. */
export type Answered = 200 | 201 | 204 | string;

export interface Row {
  what: string;
  support: Support;
  note?: string;
  probe: Probe;
}

const NOT_HERE = 'NOT_IMPLEMENTED';
/** A query the sandbox refuses loudly. */
export const refused = (what: string, query: string, note = 'refused with 501'): Row => ({
  what,
  support: 'no',
  note,
  probe: { query, answers: NOT_HERE },
});
/** A resource it refuses loudly. */
export const absent = (what: string, path: string): Row => ({
  what,
  support: 'no',
  note: 'refused with 501',
  probe: { method: 'GET', path, answers: NOT_HERE },
});
/** A query it answers; with a note, only partly as Salesforce does. */
export const answered = (what: string, query: string, note?: string): Row => ({
  what,
  support: note ? 'partly' : 'yes',
  ...(note ? { note } : {}),
  probe: { query, answers: 200 },
});
/** What a test tries. */
export const tested = (what: string, file: string, test: string, note?: string): Row => ({
  what,
  support: note ? 'partly' : 'yes',
  ...(note ? { note } : {}),
  probe: { test, in: `test/sandbox/${file}` },
});
