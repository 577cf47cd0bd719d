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
const ROUNDS = 5;
const ROUND_SECONDS = 2;
const WARM_UP_ANSWERS = 8_000;
const LEAST_RATIO = 0.7;
const MOST_P99 = 2;

interface Address {
  url: string;
}

/**
 * Durable answers a second and their p99, beside bare Fastify. The two take turns, so that a noisy machine is noisy
 * for both, and the medians of the turns are compared. Our process is then killed and its spool opened again: an
 * answer that got its page and is not there voids the row.
 */
export async function durableAnswers(progress: Progress): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'nps-bench-'));
  const ourServer = startHelper<OurServerOrder, Address>(new URL('./durable/our-server.ts', import.meta.url));
  const bareServer = startHelper<BareServerOrder, Address>(new URL('./durable/bare-server.ts', import.meta.url));
  const load = startHelper<LoadOrder, LoadResult>(new URL('./durable/load.ts', import.meta.url));
  try {
    const ours = await ourServer.ask({ dataDir, secret: SECRET });
    const bare = await bareServer.ask({ page: await thanksPage(ours.url) });
    const push = ({ url }: Address, answers: number) => load.ask({ url, secret: SECRET, answers });

    progress('Answers a second: warming up');
    const warmUps = [await push(bare, WARM_UP_ANSWERS), await push(ours, WARM_UP_ANSWERS)];
    const [bareAnswers = 0, ourAnswers = 0] = warmUps.map(({ perSecond }) => Math.ceil(perSecond * ROUND_SECONDS));
    const rounds: { bare: LoadResult; ours: LoadResult }[] = [];
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

function rowsOf(rounds: readonly { bare: LoadResult; ours: LoadResult }[], isVoid: boolean): Row[] {
  const of = (who: 'bare' | 'ours', what: 'perSecond' | 'p99') => median(rounds.map((round) => round[who][what]));
  const speed = { bare: of('bare', 'perSecond'), ours: of('ours', 'perSecond') };
  const p99 = { bare: of('bare', 'p99'), ours: of('ours', 'p99') };
  const ratio = speed.ours / speed.bare;
  const times = p99.ours / p99.bare;
  return [
    {
      name: 'Durable answers a second (SQLite)',
      beside: `${whole(speed.bare)} bare Fastify`,
      ours: `${whole(speed.ours)} (${ratio.toFixed(2)} of it)`,
      target: `>= ${LEAST_RATIO} of it`,
      ok: !isVoid && ratio >= LEAST_RATIO,
    },
    {
      name: 'p99 of a durable answer',
      beside: `${p99.bare.toFixed(1)} ms bare Fastify`,
      ours: `${p99.ours.toFixed(1)} ms (${times.toFixed(2)} times)`,
      target: `<= ${MOST_P99} times`,
      ok: !isVoid && times <= MOST_P99,
    },
  ];
}

/** The page both servers answer with; asking for it is itself an answer. */
async function thanksPage(url: string): Promise<string> {
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
  return response.text();
}

/** Reads what a process that was killed left behind, as the next start would. */
async function answersIn(dataDir: string): Promise<number> {
  const clock = await openClock(undefined);
  const spool = await openSpool({ dataDir, clock, log: console });
  const { answer } = await spool.pending();
  await spool.close();
  return answer;
}
