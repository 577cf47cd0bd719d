import type { Wording } from '../../src/loop/answer.ts';
import type { Clock, Letter, Log, Postbox, Stationery } from '../../src/loop/ports.ts';
import { fullRecordId } from '../../src/nps/moment.ts';

export const NOW = new Date('2026-11-18T12:00:00Z');
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

export const ACME = fullRecordId('001000000000001');
export const BOLT = fullRecordId('001000000000002');

export interface MovableClock extends Clock {
  advance(milliseconds: number): void;
}

export function movableClock(start = NOW): MovableClock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    wall: () => new Date(now),
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}

export interface LogBook extends Log {
  entries: { level: 'debug' | 'info' | 'warn' | 'error'; facts: object; sentence: string }[];
  /** The sentences of warnings and errors. */
  complaints(): string[];
}

export function logBook(): LogBook {
  const entries: LogBook['entries'] = [];
  const write = (level: LogBook['entries'][number]['level']) => (facts: object, sentence: string) => {
    entries.push({ level, facts, sentence });
  };
  return {
    entries,
    complaints: () =>
      entries.filter(({ level }) => level === 'warn' || level === 'error').map(({ sentence }) => sentence),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}

export interface FakePostbox extends Postbox {
  accepted: Letter[];
  /** What the next letters meet instead of being accepted, one each. */
  failures: Error[];
}

export function fakePostbox(): FakePostbox {
  const accepted: Letter[] = [];
  const failures: Error[] = [];
  return {
    accepted,
    failures,
    async send(letter) {
      const failure = failures.shift();
      if (failure) throw failure;
      accepted.push(letter);
    },
  };
}

/** Writes down what it was asked to render, where a customer would read a mail. */
export function plainStationery(): Stationery {
  return {
    languages: ['en', 'de'],
    mail: (template, data) => ({ subject: template, html: '', text: JSON.stringify(data) }),
    page: (name, data) => `${name} ${JSON.stringify(data)}`,
  };
}

/** What pages say, with nothing known but the company. */
export const WORDING: Wording = {
  company: 'Northwind',
  question: (_, language) => ({ text: '', language }),
  choice: (name, language) => ({ text: name.replaceAll('_', ' '), language }),
  destination: (ask) => (ask === 'G2 Review' ? 'https://g2.example/write' : null),
  quarantineMinutes: 30,
};
