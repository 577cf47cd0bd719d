// Customers who press the button: 64 connections, each with links of its own, in a process of their own.
import { randomBytes } from 'node:crypto';
import autocannon from 'autocannon';
import { utcDay } from '../../../src/nps/days.ts';
import { linkKeys } from '../../../src/nps/link.ts';
import { SCORES } from '../../../src/nps/score.ts';
import { answerOrders } from '../helper-process.ts';
import { quantile } from '../row.ts';

export interface LoadOrder {
  url: string;
  secret: string;
  /** How many answers are given, over all connections. */
  answers: number;
}

export interface LoadResult {
  perSecond: number;
  /** Milliseconds from the request to the end of its answer. */
  p99: number;
  /** Answers that got their page. */
  answered: number;
}

export const CONNECTIONS = 64;
/** An answer's key is its survey, its millisecond and its score, so a link may come round again later. */
const LINKS_A_CONNECTION = 60;
const FORM = new URLSearchParams({
  comment: 'The export is slow & the new dashboard hides what we need most.',
  pressed: 'yes',
  seen: 'yes',
});

answerOrders(async ({ url, secret, answers }: LoadOrder): Promise<LoadResult> => {
  const links = signedForms(secret);
  const latencies: number[] = [];
  let completed = 0;
  let answered = 0;
  let connection = 0;
  let first = 0;
  let last = 0;
  const options: autocannon.Options = {
    url,
    connections: CONNECTIONS,
    amount: answers,
    // It looks this often, in milliseconds, whether all have been given.
    sampleInt: 100,
    setupClient: (client) => client.setRequests(links[connection++] ?? []),
  };
  await new Promise<void>((resolve, reject) => {
    const run = autocannon(options, (error: Error | null) => (error ? reject(error) : resolve()));
    run.on('response', (_client, status, _bytes, milliseconds) => {
      last = performance.now();
      first ||= last;
      completed += 1;
      if (status === 200) answered += 1;
      // The first of every connection waited for the other connections to be made, in this process.
      if (completed > CONNECTIONS) latencies.push(milliseconds);
    });
  });
  return { perSecond: (1000 * (completed - 1)) / (last - first), p99: quantile(latencies, 0.99), answered };
});

/** Real links to different surveys of different accounts, with different scores. */
function signedForms(secret: string): autocannon.Request[][] {
  const { sign } = linkKeys([secret]);
  const issuedOn = utcDay(new Date());
  const request = (number: number): autocannon.Request => {
    // One digit, so that every page has the same size.
    const choice = SCORES[number % 10] ?? 0;
    const accountId = `001${randomBytes(7).toString('hex')}A`;
    const surveyKey = randomBytes(32).toString('hex');
    const token = sign({ surveyKey, accountId, trigger: 'First_Value', language: 'en', issuedOn, choice });
    return {
      method: 'POST',
      path: `/a/${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `score=${choice}&${FORM}`,
    };
  };
  return Array.from({ length: CONNECTIONS }, () => Array.from({ length: LINKS_A_CONNECTION }, (_, n) => request(n)));
}
