import { MINIMUM_GAP_DAYS, type TriggerKind, type TriggerRule } from './eligibility.ts';
import { isLanguageTag } from './language.ts';
import { MAIL_FIELDS, PAGE_FIELDS, strangeFields } from './merge-fields.ts';
import { begsForScore } from './pressure.ts';
import type { SpokenTexts, TriggerTexts } from './trigger-texts.ts';
import { MOST_WORDS } from './words.ts';

/** The priority of a trigger that says none. */
export const LAST_PRIORITY = 999;

type JudgedRule = Pick<TriggerRule, 'kind' | 'priority' | 'minimumGapDays' | 'minimumAccountAgeDays' | 'waitDays'>;

/**
 * What is wrong with a trigger's record by itself, each naming its field; what only the org knows (objects, fields,
 * conditions) is asked of it. `mailWords` counts the words of the longest mail that certain texts make in a language, or
 * in the one in which it is longest: the trigger's own texts stand in for every language that has none.
 */
export function recordProblems(
  trigger: JudgedRule & SpokenTexts,
  mailWords: (texts: TriggerTexts, language?: string) => number,
): string[] {
  const { kind, priority, minimumGapDays, minimumAccountAgeDays, waitDays } = trigger;
  const numbers = [
    !(Number.isInteger(priority) && priority >= 1 && priority <= LAST_PRIORITY) &&
      `Priority__c is ${priority}, but must be a whole number from 1 to ${LAST_PRIORITY}`,
    minimumGapDays < MINIMUM_GAP_DAYS &&
      `Minimum_Gap_Days__c is ${minimumGapDays}, but ${MINIMUM_GAP_DAYS} days at least must lie between surveys`,
    minimumAccountAgeDays < 0 && `Minimum_Account_Age_Days__c is ${minimumAccountAgeDays}, but must not be negative`,
    waitDays < 0 && `Wait_Days__c is ${waitDays}, but must not be negative`,
  ];
  const own = sentenceProblems(trigger, mailWords(trigger), { kind, mayLack: () => false });
  const translated = trigger.translations.flatMap((translation) => {
    const { contextSentence, accomplishments, language } = translation;
    const spoken = {
      ...translation,
      contextSentence: contextSentence || trigger.contextSentence,
      accomplishments: accomplishments || trigger.accomplishments,
    };
    const words = contextSentence || accomplishments ? mailWords(spoken, language) : 0;
    return sentenceProblems(translation, words, { kind, mayLack: (text) => text === '' }).map(
      (problem) => `in its text in ${language}, ${problem}`,
    );
  });
  return [...numbers, ...own, ...translated].filter((problem) => problem !== false);
}

/** What is wrong with the sentences of one language that make a mail of so many words. `mayLack` is true for one that need not be there. */
function sentenceProblems(
  { language, contextSentence, openQuestion, accomplishments, subject, secondSubject }: TriggerTexts,
  words: number,
  { kind, mayLack }: { kind: TriggerKind; mayLack: (text: string) => boolean },
): string[] {
  const problemsOf = (field: string, text: string, known: readonly string[]) =>
    mayLack(text) ? [] : textProblems(field, text, known);
  return [
    ...(isLanguageTag(language) ? [] : [`Language__c says "${language}", which is no tag such as en, de or pt-BR`]),
    ...problemsOf('Context_Sentence__c', contextSentence, MAIL_FIELDS),
    ...(kind === 'Survey' ? problemsOf('Open_Question__c', openQuestion, PAGE_FIELDS) : []),
    ...(kind === 'Renewal Mail' ? problemsOf('Accomplishments__c', accomplishments, MAIL_FIELDS) : []),
    ...problemsOf('Subject_A__c', subject, MAIL_FIELDS),
    ...(secondSubject === '' ? [] : textProblems('Subject_B__c', secondSubject, MAIL_FIELDS)),
    ...(secondSubject !== '' && kind === 'Renewal Mail'
      ? ['Subject_B__c must be empty: a renewal mail is not answered by a score, so there is nothing to compare']
      : []),
    ...(words > MOST_WORDS
      ? [
          `${kind === 'Survey' ? 'Context_Sentence__c makes' : 'Context_Sentence__c and Accomplishments__c make'} the mail ${words} words long; it must stay under ${MOST_WORDS + 1}, so shorten ${kind === 'Survey' ? 'it' : 'them'} by ${words - MOST_WORDS}`,
        ]
      : []),
  ];
}

function textProblems(field: string, text: string, known: readonly string[]): string[] {
  if (text.trim() === '') return [`${field} is empty`];
  const begging = begsForScore(text);
  return [
    ...strangeFields(text, known).map(
      (stranger) => `${field} says ${stranger}, which is no merge field; there are ${known.map(braced).join(', ')}`,
    ),
    ...(begging === undefined ? [] : [`${field} says "${begging}": nobody is asked for another or a higher score`]),
  ];
}

const braced = (field: string) => `{{${field}}}`;

/** The sentence about a record that cannot be used; null when nothing is wrong with it. */
export function problemOf(record: string, problems: readonly string[]): string | null {
  return problems.length === 0 ? null : `The NPS Trigger record ${record} cannot be used: ${problems.join('; ')}.`;
}
