import type { SubjectVariant } from '../../nps/subject.ts';
import type { SurveyDecision } from './org.ts';
import type { Letter } from './post.ts';

/** Which mail is rehearsed. */
export interface RehearsalOptions {
  accountId: string;
  trigger: string;
  /** Asked first, as if the event had named them. */
  contactId?: string | undefined;
}

/** What the service would do if the moment came now. */
export interface Rehearsal {
  outcome: SurveyDecision['outcome'];
  /** "would ask ... because ..." or "would not ask ..., because ...", for people. */
  sentence: string;
  /** The mail, also where it would not be sent; null where there is nobody to send it to or from. */
  letter: Letter | null;
  /** The trigger's subjects with names filled in; B is empty where there is one. */
  subjects: Record<SubjectVariant, string>;
}

export interface TestSent {
  surveyKey: string;
  letter: Letter;
}

export type Rehearser = (options: RehearsalOptions) => Promise<Rehearsal>;
/** @throws when the mail cannot be made, the address must not be mailed, or org or provider refuse */
export type TestSender = (options: RehearsalOptions, address: string) => Promise<TestSent>;
