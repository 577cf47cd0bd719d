import { MAIL_FIELDS, strangeFields } from './merge-fields.ts';
import type { Spoken } from './spoken.ts';
import { wordCount } from './words.ts';

/** Whether there is already what somebody wishes for. */
export type ChoiceStatus = 'Exists' | 'Planned' | 'Considered';

/** One of the short answers to "what would make us a 10?", as an admin wrote it down. */
export interface Choice {
  name: string;
  active: boolean;
  order: number;
  status: ChoiceStatus;
  label: Spoken;
  /** What the mail a week later says about it; null: that mail's own words alone. */
  followUp: Spoken | null;
  /** Where more can be read; null: nowhere. */
  url: string | null;
}

/** What somebody chose, and when. */
export interface Chosen {
  choice: string;
  at: Date;
}

export const MOST_CHOICES = 5;
/** With them the mail that offers five stays under 80 words, and so does the one about a choice. */
const MOST_WORDS_OF_A_LABEL = 4;
const MOST_WORDS_OF_A_TEXT = 20;

/** The choices a mail offers, in their order. */
export function offered(choices: readonly Choice[]): Choice[] {
  return choices
    .filter(({ active }) => active)
    .toSorted((one, other) => one.order - other.order || one.name.localeCompare(other.name));
}

/** The choice that stands: the one made last, in whatever order they are told. */
export function lastChosen(before: Chosen | null, next: Chosen): Chosen {
  return before && before.at > next.at ? before : next;
}

/** What is wrong with a choice's own record, each naming its field. */
export function choiceProblems({ label, followUp }: Choice): string[] {
  return [
    ...tooLong(label, MOST_WORDS_OF_A_LABEL).map((problem) => `Label__c ${problem}`),
    ...(followUp ? textProblems(followUp) : []).map((problem) => `Follow_Up__c ${problem}`),
  ];
}

/** What is wrong with a text that stands in a mail of a sequence. */
export function textProblems(spoken: Spoken): string[] {
  const strange = spoken.flatMap(({ text }) => strangeFields(text, MAIL_FIELDS));
  return [
    ...tooLong(spoken, MOST_WORDS_OF_A_TEXT),
    ...strange.map((field) => `has ${field}, which is no merge field of a mail`),
  ];
}

function tooLong(spoken: Spoken, most: number): string[] {
  const wordy = spoken.filter(({ text }) => wordCount(text) > most);
  return wordy.map(({ text }) => `says "${text}", but must have ${most} words at most`);
}

/** Why the choices cannot be offered; null when they can. */
export function offerProblem(choices: readonly Choice[]): string | null {
  const active = choices.filter((choice) => choice.active).length;
  if (active > 1 && active <= MOST_CHOICES) return null;
  return `${active} NPS Choice records are active, but a mail offers two to ${MOST_CHOICES}: activate or deactivate some.`;
}
