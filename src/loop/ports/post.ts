import type { OfferVariant } from '../../nps/advocacy.ts';
import type { MailOutcome } from '../../nps/delivery.ts';
import type { RenewalTemplate } from '../../nps/renewal.ts';
import type { Score } from '../../nps/score.ts';
import type { StepMail } from '../../nps/steps/mail.ts';
import type { SubjectVariant } from '../../nps/subject.ts';
import type { Sentence } from '../../nps/trigger-texts.ts';
import type { MailEventFacts, Person } from './outbox.ts';

/** What every mail is about. Empty first names are greeted without one. */
export interface MailFacts {
  company: string;
  account: { name: string };
  contact: { firstName: string; name: string };
  /** `phone` is empty where none is known. */
  csm: Person & { phone: string };
  /** BCP 47 tag of the language the contact is written to in. */
  language: string;
  /** Where the company can be written to, in one line; empty for none. */
  postalAddress: string;
}

/** A mail that asks the standard question. */
export interface ReSurvey extends MailFacts {
  /** Eleven, 0 to 10, in that order. */
  scoreLinks: readonly { score: Score; url: string }[];
  unsubscribeUrl: string;
}

export interface Invitation extends ReSurvey {
  subject: string;
  /** The one sentence about the trigger, names already merged in, not escaped. */
  contextSentence: string;
  /** The language of the context sentence, where an admin gave none in the mail's. */
  sentenceLanguage: string;
}

/** A mail before the account renews; it asks for no score. Sentences have their names merged in and are not escaped. */
export interface RenewalMail extends MailFacts {
  subject: string;
  contextSentence: Sentence;
  /** What the company's customers achieve, in the admin's words; said to those who are happy. */
  accomplishments: Sentence;
}

/** A mail of a sequence. */
export interface ReplyToAnswer extends MailFacts {
  score: Score;
  verbatimGiven: boolean;
  /** What the CSM wrote was done; empty where nothing is. */
  actionsTaken: string;
  /** The one thing the mail asks for, in sentences of the wording, with the link that leads there; null for nothing. */
  ask: { sentence: string; link: string; url: string } | null;
  /** The choices the mail offers, each with its link. */
  choices: readonly (Sentence & { url: string })[];
  choice: AboutChoice;
  /** What somebody gets who followed an ask; null for nothing. */
  offer: Sentence | null;
  /** `url` is empty where there is no more to read. */
  story: (Sentence & { url: string }) | null;
}

/** What was chosen, and what is said about it; the label is empty where nothing was. */
export interface AboutChoice {
  label: Sentence;
  /** A sentence of the wording. */
  sentence: string;
  /** The admin's own words, if any. */
  more: Sentence | null;
  /** Where more can be read; empty for nowhere. */
  url: string;
}

/** A customer's reply, for the CSM. */
export interface ForwardedReply extends MailFacts {
  /** What the mail was called. */
  subject: string;
  lines: readonly string[];
  /** Names of the files that came along; they are not forwarded. */
  attachments: readonly string[];
  /** The score the reply begins with; empty for none. */
  score: string;
}

export interface MailData extends Record<StepMail, ReplyToAnswer>, Record<RenewalTemplate, RenewalMail> {
  'forwarded-reply': ForwardedReply;
  invitation: Invitation;
  're-survey': ReSurvey;
}

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/** Renders every mail and page a customer sees. */
export interface Stationery {
  /** Tags of the languages there are words for. */
  languages: readonly string[];
  mail<T extends keyof MailData>(template: T, data: MailData[T]): RenderedMail;
  page(name: string, data: { language: string; [fact: string]: unknown }): string;
}

/** A mail ready for the post. `key` is told to the provider, so that its events can be matched to the survey. */
export interface Letter extends RenderedMail {
  key: string;
  from: Person;
  replyTo: Person;
  to: Person;
  headers: Record<string, string>;
  customArgs: Record<string, string>;
  /** Which of its trigger's subjects an invitation has. */
  subjectVariant?: SubjectVariant;
  /** Which of two offers the mail makes. */
  offerVariant?: OfferVariant;
}

/** A mail that came in for an address of ours. */
export interface InboundMail {
  /** Names the mail, lower-case hex. */
  id: string;
  recipients: readonly string[];
  from: string;
  subject: string;
  /** By name in lower case. */
  headers: ReadonlyMap<string, string>;
  /** Where its bounces go; empty for the null return path, null where nobody tells. */
  returnPath: string | null;
  /** Without what was quoted and the signature. */
  reply: string;
  fullText: string;
  attachments: readonly string[];
}

/** Reads what the mail provider posts about a mail that came in. */
export type InboundReader = (fields: Readonly<Record<string, string>>) => InboundMail;

/** The domains that mails may come from, in lower case. @throws while the provider cannot be asked */
export type SenderDomains = () => Promise<ReadonlySet<string>>;

/** Resolves once the provider has accepted the letter; throws `MailRefused` for good or `MailNotAccepted` for now. */
export interface Postbox {
  send(letter: Letter): Promise<void>;
}

/** Something that happened to a mail. `id` is the provider's and the same however often it is told. */
export interface MailEvent extends MailOutcome, MailEventFacts {
  id: string;
  accountId: string | null;
}

/** A call as it came; the signature is over timestamp and body. */
export interface WebhookCall {
  signature: string | undefined;
  timestamp: string | undefined;
  body: Buffer;
}

/** Reads a call of the mail provider, or says why it must not be believed. */
export type MailEventReader = (
  call: WebhookCall,
) => { events: MailEvent[] } | { refused: string } | { unreadable: true };
