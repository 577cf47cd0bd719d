import { type Board, boardOf, quartersShown } from '../nps/board/board.ts';
import { DAY_MS } from '../nps/days.ts';
import { DAYS_TO_ANSWER } from '../nps/forecast.ts';
import { healthKey } from '../nps/health.ts';
import { type Quarter, quarterCalled, quarterOf, quartersBefore } from '../nps/quarter.ts';
import type { Clock, Org } from './ports.ts';

interface BoardParts {
  org: Org;
  clock: Clock;
}

/** The summary of a quarter from the org's records; the last quarter that is over unless one is named. */
export async function composeBoard(wanted: string | undefined, { org, clock }: BoardParts): Promise<Board> {
  const now = clock.now();
  const [{ name: company, timeZone: zone }, { benchmark, revenueField }] = await Promise.all([
    org.organization(),
    org.settings(),
  ]);
  const quarter = quarterWanted(wanted, now, zone);
  const oldest = quartersShown(quarter, zone).at(-1) ?? quarter;
  // Mails of the last two weeks may still be answered.
  const sentUntil = new Date(Math.min(quarter.until.getTime(), now.getTime() - DAYS_TO_ANSWER * DAY_MS));
  const [facts, surveys] = await Promise.all([
    org.boardFacts(oldest.from, quarter.until),
    org.surveyHistory(quarter.from, sentUntil),
  ]);
  return boardOf({ company, quarter, zone, now, facts, revenueField, surveys, benchmark });
}

function quarterWanted(wanted: string | undefined, now: Date, zone: string): Quarter {
  const running = quarterOf(now, zone);
  if (wanted === undefined) return quartersBefore(running, 1, zone);
  const quarter = quarterCalled(wanted, zone);
  if (!quarter) throw new Error(`"${wanted}" is no quarter. Write it like ${running.name}.`);
  if (quarter.from > now) throw new Error(`${quarter.name} has not begun. The quarter that runs is ${running.name}.`);
  return quarter;
}

const KIND = 'Board Summary';

/** Stores the printed summary on its row of NPS Health, which says the number. Answers the id of the file. */
export async function keepBoard(board: Board, pdf: Uint8Array, { org, clock }: BoardParts): Promise<string> {
  const { quarter, score, soFar } = board;
  const said = score.score === null ? 'nobody answered' : `NPS ${Math.round(score.score)}, ${score.n} people`;
  const message = `${quarter}${soFar ? ' so far' : ''}: ${said}. The page is among the files of this record.`;
  const row = { key: healthKey(KIND), kind: KIND, state: 'OK', message, count: score.n } as const;
  await org.writeHealth([row], clock.now());
  return org.storeFile({
    healthKey: row.key,
    title: `NPS board summary ${quarter}`,
    name: `nps-board-${quarter}.pdf`,
    content: pdf,
    reason: `Written anew on ${clock.now().toISOString().slice(0, 10)}.`,
  });
}
