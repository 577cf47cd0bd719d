import { type Advocacy, ASKS, type Ask, type AskEntry, standingAsk } from '../nps/advocacy.ts';
import type { Chosen } from '../nps/choices.ts';
import type { Row } from './calls.ts';
import { dateOrNull, text, textOrNull } from './rows.ts';

/** The fields of a response that say what was chosen, asked and done. */
export const ADVOCACY_FIELDS = [
  'Choice__c',
  'Chosen_At__c',
  'Advocacy_Ask__c',
  'Advocacy_Completed__c',
  'Advocacy_Log__c',
];

/** When, what happened, and to which ask. */
const ENTRY = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) (chosen|asked|followed) (.+)$/;

export function advocacyOf(row: Row): Advocacy {
  return {
    log: logOf(text(row.Advocacy_Log__c)),
    completed: row.Advocacy_Completed__c === true ? (askNamed(text(row.Advocacy_Ask__c)) ?? null) : null,
  };
}

export function chosenOf(row: Row): Chosen | null {
  const choice = textOrNull(row.Choice__c);
  const at = dateOrNull(row.Chosen_At__c);
  return choice !== null && at !== null ? { choice, at } : null;
}

function logOf(lines: string): AskEntry[] {
  return lines.split(/\r?\n/).flatMap((line) => {
    const [, at = '', what, name = ''] = ENTRY.exec(line.trim()) ?? [];
    const ask = askNamed(name);
    return ask && what ? [{ ask, what: what as AskEntry['what'], at: new Date(at) }] : [];
  });
}

function askNamed(name: string): Ask | undefined {
  return ASKS.find((ask) => ask === name);
}

/** The log, and the ask that stands by it; the one that a CSM says was done is left as it is. */
export function askFields({ log, completed }: Advocacy): Record<string, unknown> {
  const standing = completed === null ? standingAsk(log) : null;
  return {
    Advocacy_Log__c: logLines(log),
    ...(standing && {
      Advocacy_Ask__c: standing.ask,
      Advocacy_Asked_At__c: standing.askedAt && second(standing.askedAt),
      Advocacy_Clicked_At__c: standing.followedAt && second(standing.followedAt),
    }),
  };
}

/** `Advocacy_Log__c` of these entries. */
export function logLines(log: readonly AskEntry[]): string {
  return log.map(({ ask, what, at }) => `${second(at)} ${what} ${ask}`).join('\n');
}

export function choiceFields({ choice, at }: Chosen): Record<string, unknown> {
  return { Choice__c: choice, Chosen_At__c: at.toISOString() };
}

function second(at: Date): string {
  return at.toISOString().replace(/\.\d+Z$/, 'Z');
}
