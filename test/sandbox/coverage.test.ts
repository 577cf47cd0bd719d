import { readFileSync } from 'node:fs';
import type { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COVERAGE } from '../../src/sandbox/coverage/coverage.ts';
import { withCoverage } from '../../src/sandbox/coverage/coverage-page.ts';
import type { Probe } from '../../src/sandbox/coverage/row.ts';
import { type Stage, stageServer } from './org/org-stage.ts';

let stage: Stage;
let connection: Connection;
beforeAll(async () => {
  stage = await stageServer();
  connection = await stage.connect();
});
afterAll(() => stage[Symbol.asyncDispose]());

const rows = Object.values(COVERAGE).flat();

/** The status of a success or the error code, as the row promises one of them. */
async function answerTo(probe: Exclude<Probe, { test: string }>): Promise<unknown> {
  const [method, path, body] =
    'query' in probe ? ['GET', `/query?q=${encodeURIComponent(probe.query)}`] : [probe.method, probe.path, probe.body];
  const response = await fetch(`${stage.url}/services/data/v68.0${path}`, {
    method,
    headers: { authorization: `Bearer ${connection.accessToken}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (response.ok) return response.status;
  const [error] = (await response.json()) as { errorCode: string }[];
  return error?.errorCode;
}

/** Whether the test is there; it is run with all others. */
function isTried(probe: Extract<Probe, { test: string }>): boolean {
  const text = readFileSync(probe.in, 'utf8');
  return ["'", '`'].some((quote) => text.includes(`(${quote}${probe.test}${quote}`));
}

describe('the sandbox is as close to Salesforce as it says:', () => {
  test.each(rows.map((row) => [row.what, row.support, row.probe] as const))('%s (%s)', async (_, __, probe) => {
    if ('test' in probe) expect(isTried(probe)).toBe(true);
    else expect(await answerTo(probe)).toBe(probe.answers);
  });
});

test('whatever is not wholly there says what is missing', () => {
  expect(rows.filter(({ support, note }) => support !== 'yes' && !note).map(({ what }) => what)).toEqual([]);
});

test('docs/sandbox.md is made from it', () => {
  const page = readFileSync('docs/sandbox.md', 'utf8');
  expect(page).toBe(withCoverage(page));
});
