import { z } from 'zod';
import { type Choice, choiceProblems } from '../nps/choices.ts';
import { spokenFrom } from '../nps/spoken.ts';
import type { Row } from './calls.ts';
import { text } from './rows.ts';
import { webAddress } from './web-address.ts';

const CHOICE = z.object({
  Active__c: z.boolean().nullish(),
  Order__c: z.int('must be a whole number').min(1, 'must be 1 or more'),
  Status__c: z.enum(['Exists', 'Planned', 'Considered'], 'must be Exists, Planned or Considered'),
  Label__c: z.string('is empty'),
  Follow_Up__c: z.string().nullish(),
  URL__c: webAddress,
});

/** The fields of NPS_Choice__mdt that the service reads. */
export const CHOICE_FIELDS = ['DeveloperName', ...Object.keys(CHOICE.shape)];

/** One NPS Choice record; nothing of one that cannot be read, which `problem` says. */
export interface RecordedChoice {
  choice: Choice | null;
  /** A sentence; null when nothing is wrong, or the record is not active. */
  problem: string | null;
}

export function choiceOf(row: Row, ownLanguage: string): RecordedChoice {
  const name = text(row.DeveloperName);
  const told = (problems: readonly string[]) =>
    problems.length > 0 && row.Active__c === true
      ? `The NPS Choice record ${name} cannot be used: ${problems.join('; ')}.`
      : null;
  const { data, error } = CHOICE.safeParse(row);
  if (error)
    return { choice: null, problem: told(error.issues.map(({ path, message }) => `${path.join('.')} ${message}`)) };
  const label = spokenFrom(data.Label__c, ownLanguage);
  if (!label) return { choice: null, problem: told(['Label__c is empty']) };
  const choice = {
    name,
    label,
    active: data.Active__c === true,
    order: data.Order__c,
    status: data.Status__c,
    followUp: spokenFrom(data.Follow_Up__c ?? '', ownLanguage),
    url: data.URL__c,
  };
  return { choice, problem: told(choiceProblems(choice)) };
}
