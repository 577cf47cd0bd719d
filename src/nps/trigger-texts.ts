import { languageFrom } from './language.ts';

/** What a trigger's mails and page say, in one language; all may hold merge fields. */
export interface TriggerTexts {
  /** A tag such as `de` or `pt-BR`. */
  language: string;
  /** The one sentence that says why we ask now. */
  contextSentence: string;
  /** The open question of the answer page; a renewal mail has no page. */
  openQuestion: string;
  /** What a renewal mail tells those who are happy that was achieved. */
  accomplishments: string;
  subject: string;
  /** A second subject that half of the mails get; empty: there is one. */
  secondSubject: string;
}

/** The sentences of a trigger's own record, and those in other languages; empty ones there are said in its own words. */
export interface SpokenTexts extends TriggerTexts {
  translations: readonly TriggerTexts[];
}

/** A sentence with the tag of the language it is in. */
export interface Sentence {
  text: string;
  language: string;
}

/** What a trigger says in a language; where the admin gave no words for it, the trigger's own. */
export function sentenceIn(
  texts: SpokenTexts,
  name: 'contextSentence' | 'openQuestion' | 'accomplishments',
  language: string,
): Sentence {
  const translation = translationOf(texts, language);
  const { [name]: text, language: spoken } = translation?.[name] ? translation : texts;
  return { text, language: spoken };
}

/** The subjects of a trigger's mails in a language: of one language both, so that like is compared with like. */
export function subjectsIn(texts: SpokenTexts, language: string): Pick<TriggerTexts, 'subject' | 'secondSubject'> {
  const translation = translationOf(texts, language);
  return translation?.subject ? translation : texts;
}

function translationOf({ translations }: SpokenTexts, language: string): TriggerTexts | undefined {
  const nearest = languageFrom(
    language,
    translations.map(({ language: tag }) => tag),
  );
  return translations.find(({ language: tag }) => tag === nearest);
}
