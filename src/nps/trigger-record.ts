import { MINIMUM_GAP_DAYS, type TriggerRule } from './eligibility.ts';
import { MAIL_FIELDS, PAGE_FIELDS, strangeFields } from './merge-fields.ts';
import { MOST_WORDS } from './words.ts';

/** What a trigger's mails and page say; all may hold merge fields. */
export interface TriggerTexts {
  /** The one sentence that says why we ask now. */
  contextSentence: string;
  /** The open question of the answer page. */
  openQuestion: string;
  subject: string;
  /** A second subject that half of the mails get; empty: there is one. */
  secondSubject: string;
}

/** The priority of a trigger that says none. */
export const LAST_PRIORITY = 999;

type TriggerNumbers = Pick<TriggerRule, 'priority' | 'minimumGapDays' | 'minimumAccountAgeDays' | 'waitDays'>;

/**
 * What is wrong with a trigger's record by itself, each naming its field; what only the org knows (objects, fields,
 * conditions) is asked of it. `mailWords` counts the words of a mail with a certain context sentence.
 */
export function recordProblems(
  trigger: TriggerNumbers & TriggerTexts,
  mailWords: (sentence: string) => number,
): string[] {
  const { priority, minimumGapDays, minimumAccountAgeDays, waitDays, contextSentence } = trigger;
  const numbers = [
    !(Number.isInteger(priority) && priority >= 1 && priority <= LAST_PRIORITY) &&
      `Priority__c is ${priority}, but must be a whole number from 1 to ${LAST_PRIORITY}`,
    minimumGapDays < MINIMUM_GAP_DAYS &&
      `Minimum_Gap_Days__c is ${minimumGapDays}, but ${MINIMUM_GAP_DAYS} days at least must lie between surveys`,
    minimumAccountAgeDays < 0 && `Minimum_Account_Age_Days__c is ${minimumAccountAgeDays}, but must not be negative`,
    waitDays < 0 && `Wait_Days__c is ${waitDays}, but must not be negative`,
  ];
  const texts = [
    ...textProblems('Context_Sentence__c', contextSentence, MAIL_FIELDS),
    ...textProblems('Open_Question__c', trigger.openQuestion, PAGE_FIELDS),
    ...textProblems('Subject_A__c', trigger.subject, MAIL_FIELDS),
    ...(trigger.secondSubject === '' ? [] : textProblems('Subject_B__c', trigger.secondSubject, MAIL_FIELDS)),
  ];
  const words = mailWords(contextSentence);
  const length =
    words > MOST_WORDS &&
    `Context_Sentence__c makes the mail ${words} words long; it must stay under ${MOST_WORDS + 1}, so shorten it by ${words - MOST_WORDS}`;
  return [...numbers, ...texts, length].filter((problem) => problem !== false);
}

function textProblems(field: string, text: string, known: readonly string[]): string[] {
  if (text.trim() === '') return [`${field} is empty`];
  return strangeFields(text, known).map(
    (stranger) => `${field} says ${stranger}, which is no merge field; there are ${known.map(braced).join(', ')}`,
  );
}

const braced = (field: string) => `{{${field}}}`;

/** The sentence about a record that cannot be used; null when nothing is wrong with it. */
export function problemOf(record: string, problems: readonly string[]): string | null {
  return problems.length === 0 ? null : `The NPS Trigger record ${record} cannot be used: ${problems.join('; ')}.`;
}
