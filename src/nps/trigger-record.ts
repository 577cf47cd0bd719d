import { MINIMUM_GAP_DAYS, type TriggerRule } from './eligibility.ts';
import { isLanguageTag } from './language.ts';
import { MAIL_FIELDS, PAGE_FIELDS, strangeFields } from './merge-fields.ts';
import type { SpokenTexts, TriggerTexts } from './trigger-texts.ts';
import { MOST_WORDS } from './words.ts';

/** The priority of a trigger that says none. */
export const LAST_PRIORITY = 999;

type TriggerNumbers = Pick<TriggerRule, 'priority' | 'minimumGapDays' | 'minimumAccountAgeDays' | 'waitDays'>;

/**
 * What is wrong with a trigger's record by itself, each naming its field; what only the org knows (objects, fields,
 * conditions) is asked of it. `mailWords` counts the words of a mail with a certain context sentence in a language, or
 * in the one in which it is longest: the trigger's own sentence stands in for every language that has none.
 */
export function recordProblems(
  trigger: TriggerNumbers & SpokenTexts,
  mailWords: (sentence: string, language?: string) => number,
): string[] {
  const { priority, minimumGapDays, minimumAccountAgeDays, waitDays } = trigger;
  const numbers = [
    !(Number.isInteger(priority) && priority >= 1 && priority <= LAST_PRIORITY) &&
      `Priority__c is ${priority}, but must be a whole number from 1 to ${LAST_PRIORITY}`,
    minimumGapDays < MINIMUM_GAP_DAYS &&
      `Minimum_Gap_Days__c is ${minimumGapDays}, but ${MINIMUM_GAP_DAYS} days at least must lie between surveys`,
    minimumAccountAgeDays < 0 && `Minimum_Account_Age_Days__c is ${minimumAccountAgeDays}, but must not be negative`,
    waitDays < 0 && `Wait_Days__c is ${waitDays}, but must not be negative`,
  ];
  const own = sentenceProblems(trigger, mailWords(trigger.contextSentence), () => false);
  const translated = trigger.translations.flatMap((translation) => {
    const { contextSentence, language } = translation;
    const words = contextSentence === '' ? 0 : mailWords(contextSentence, language);
    return sentenceProblems(translation, words, (text) => text === '').map(
      (problem) => `in its text in ${language}, ${problem}`,
    );
  });
  return [...numbers, ...own, ...translated].filter((problem) => problem !== false);
}

/** What is wrong with the sentences of one language that make a mail of so many words. `mayLack` is true for one that need not be there. */
function sentenceProblems(
  { language, contextSentence, openQuestion, subject, secondSubject }: TriggerTexts,
  words: number,
  mayLack: (text: string) => boolean,
): string[] {
  const problemsOf = (field: string, text: string, known: readonly string[]) =>
    mayLack(text) ? [] : textProblems(field, text, known);
  return [
    ...(isLanguageTag(language) ? [] : [`Language__c says "${language}", which is no tag such as en, de or pt-BR`]),
    ...problemsOf('Context_Sentence__c', contextSentence, MAIL_FIELDS),
    ...problemsOf('Open_Question__c', openQuestion, PAGE_FIELDS),
    ...problemsOf('Subject_A__c', subject, MAIL_FIELDS),
    ...(secondSubject === '' ? [] : textProblems('Subject_B__c', secondSubject, MAIL_FIELDS)),
    ...(words > MOST_WORDS
      ? [
          `Context_Sentence__c makes the mail ${words} words long; it must stay under ${MOST_WORDS + 1}, so shorten it by ${words - MOST_WORDS}`,
        ]
      : []),
  ];
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
