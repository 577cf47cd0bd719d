import type { TriggerTexts } from './trigger-texts.ts';

export type SubjectVariant = 'A' | 'B';

/** Which of a trigger's subjects a survey gets: by its key, so that the same mail always has the same one. */
export function subjectVariantOf(
  surveyKey: string,
  { secondSubject }: Pick<TriggerTexts, 'secondSubject'>,
): SubjectVariant {
  return secondSubject !== '' && Number.parseInt(surveyKey.slice(-1), 16) % 2 === 1 ? 'B' : 'A';
}
