import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClock } from '../../src/clock.ts';
import { utcDay } from '../../src/nps/days.ts';
import { linkKeys } from '../../src/nps/link.ts';
import { openSpool } from '../../src/spool/open-spool.ts';
import type { BareServerOrder } from './durable/bare-server.ts';
import type { LoadOrder, LoadResult } from './durable/load.ts';
import type { OurServerOrder } from './durable/our-server.ts';
import { startHelper } from './helper-process.ts';
import { median, type Progress, type Row, whole } from './row.ts';

const SECRET = 'the-benchmark-signs-its-links-with-this';
const ROUNDS = 7;
const ROUND_SECONDS = 1.2;
/** A service runs for weeks; this many answers later it is compiled as it will stay. */
const WARM_UP_ANSWERS = 30_000;
const LEAST_RATIO = 0.7;
const MOST_P99 = 2;

/** Node writes these itself, in both servers. */
const OF_THE_CONNECTION = ['connection', 'content-length', 'date', 'keep-alive'];

interface Address {
  url: string;
}

interface Round {
  bare: LoadResult;
  ours: LoadResult;
}

/**
 * Durable answers a second and their p99, beside bare Fastify. The two take turns and each round is compared within
 * itself, so that a noisy machine is noisy for both; the median round counts. Our process is then killed and its spool opened again: an
 * answer that got its page and is not there voids the row.
 */
export async function durableAnswers(progress: Progress): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nps-bench-'));
  const ourServer = startHelper<OurServerOrder, Address>(new URL('./durable/our-server.ts', import.meta.url));
  const bareServer = startHelper<BareServerOrder, Address>(new URL('./durable/bare-server.ts', import.meta.url));
  const load = startHelper<LoadOrder, LoadResult>(new URL('./durable/load.ts', import.meta.url));
  try {
    const ours = await ourServer.ask({ dataDir, secret: SECRET });
    const bare = await bareServer.ask(await thanksPage(ours.url));
    const push = ({ url }: Address, answers: number) => load.ask({ url, secret: SECRET, answers });

    progress('Answers a second: warming up');
    const warmUps = [await push(bare, WARM_UP_ANSWERS), await push(ours, WARM_UP_ANSWERS)];
    const [bareAnswers = 0, ourAnswers = 0] = warmUps.map(({ perSecond }) => Math.ceil(perSecond * ROUND_SECONDS));
    const rounds: Round[] = [];
    while (rounds.length < ROUNDS) {
      progress(`Answers a second: round ${rounds.length + 1} of ${ROUNDS}`);
      rounds.push({ bare: await push(bare, bareAnswers), ours: await push(ours, ourAnswers) });
    }

    await ourServer.kill();
    const answered = 1 + WARM_UP_ANSWERS + rounds.length * ourAnswers;
    const pages = 1 + (warmUps[1]?.answered ?? 0) + rounds.reduce((sum, round) => sum + round.ours.answered, 0);
    const stored = await answersIn(dataDir);
    const isVoid = pages !== answered || stored !== answered;
    if (isVoid) console.error(`Void: ${answered} answers were sent, ${pages} got their page, ${stored} are stored.`);
    return rowsOf(rounds, isVoid);
  } finally {
    await Promise.all([ourServer, bareServer, load].map((helper) => helper.kill()));
    rmSync(dataDir, { recursive: true });
  }
}

function rowsOf(rounds: readonly Round[], isVoid: boolean): Row[] {
  const of = (measured: (round: Round) => number) => median(rounds.map(measured));
  const ratio = of(({ bare, ours }) => ours.perSecond / bare.perSecond);
  const times = of(({ bare, ours }) => ours.p99 / bare.p99);
  return [
    {
      name: 'Durable answers a second (SQLite)',
      beside: `${whole(of(({ bare }) => bare.perSecond))} bare Fastify`,
      ours: `${whole(of(({ ours }) => ours.perSecond))} (${ratio.toFixed(2)} of it)`,
      target: `>= ${LEAST_RATIO} of it`,
      ok: !isVoid && ratio >= LEAST_RATIO,
    },
    {
      name: 'p99 of a durable answer',
      beside: `${of(({ bare }) => bare.p99).toFixed(1)} ms bare Fastify`,
      ours: `${of(({ ours }) => ours.p99).toFixed(1)} ms (${times.toFixed(2)} times)`,
      target: `<= ${MOST_P99} times`,
      ok: !isVoid && times <= MOST_P99,
    },
  ];
}

/** What both servers answer with, headers and all; asking for it is itself an answer. */
async function thanksPage(url: string): Promise<BareServerOrder> {
  const token = linkKeys([SECRET]).sign({
    surveyKey: 'a'.repeat(64),
    accountId: '001000000000001AAA',
    trigger: 'First_Value',
    language: 'en',
    issuedOn: utcDay(new Date()),
    choice: 7,
  });
  const comment = 'The export is slow & the new dashboard hides what we need most.';
  const body = new URLSearchParams({ score: '7', comment, pressed: 'yes', seen: 'yes' });
  const response = await fetch(`${url}/a/${token}`, { method: 'POST', body });
  if (!response.ok) throw new Error(`The service answered a good answer with ${response.status}.`);
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !OF_THE_CONNECTION.includes(name)));
  return { page: await response.text(), headers };
}

/** Reads what a process that was killed left behind, as the next start would. */
async function answersIn(dataDir: string): Promise<number> {
  const clock = await openClock(undefined);
  const spool = await openSpool({ dataDir, clock, log: console });
  const { answer } = await spool.pending();
  await spool.close();
  return answer;
}
