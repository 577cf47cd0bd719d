import type { Ask } from '../../nps/advocacy.ts';
import type { Score, Segment } from '../../nps/score.ts';
import type { WebhookCall } from './post.ts';

/** A score link that was verified: its score is preselected, `question` is the trigger's open question, or empty. */
export interface OpenedLink {
  kind: 'score';
  score: Score;
  question: string;
  questionLanguage: string;
  company: string;
  language: string;
}

export interface OpenedUnsubscribe {
  kind: 'unsubscribe';
  company: string;
  language: string;
}

export interface Unsubscribed {
  done: true;
  company: string;
  language: string;
}

export interface LinkProblem {
  problem: 'tampered' | 'expired' | 'unknown';
  company: string;
  /** Empty when the link does not tell. */
  language: string;
}

/** What the answer form said. `score` is as posted, to be judged; `verbatim` is cleaned and at most 32,000 characters. */
export interface AnswerForm {
  score: string;
  verbatim: string;
  /** A trusted press of the button was seen by the page's script. */
  gesture: boolean;
  /** The page's script ran while the page was visible. */
  script: boolean;
  /** Names who posted it, without making them known; asked for only when the answer has no proof of a person. */
  visitor: () => string;
}

export interface GivenResult {
  score: Score;
  segment: Segment;
  question: string;
  questionLanguage: string;
  company: string;
  language: string;
}

export interface AnswerDesk {
  /** Verifies only; records nothing and scores nothing. */
  open(token: string): OpenedLink | LinkProblem;
  saw(token: string, visitor: string, kind: 'fetched' | 'page-ran'): Promise<void>;
  /** Resolves only when the answer is durable. */
  give(token: string, form: AnswerForm): Promise<GivenResult | LinkProblem | { problem: 'bad-score' }>;
  openUnsubscribe(token: string): OpenedUnsubscribe | LinkProblem;
  /** Resolves only when the opt-out is durable. */
  unsubscribe(token: string): Promise<Unsubscribed | LinkProblem>;
}

/** A link of a mail that proposes something, verified: nothing happens until its page's button is pressed. */
export type OpenedProposal = { company: string; language: string } & (
  | { kind: 'choice'; label: string; labelLanguage: string }
  /** `leadsTo`: where whoever accepts is sent on to; null where the CSM takes it from there. */
  | { kind: 'ask'; ask: Ask; leadsTo: string | null }
);

export interface ProposalDesk {
  /** Verifies only. */
  openProposal(token: string): OpenedProposal | LinkProblem;
  /** Resolves only when what was accepted is durable. */
  accept(token: string, form: Pick<AnswerForm, 'gesture' | 'visitor'>): Promise<OpenedProposal | LinkProblem>;
}

/** Everything customers do with the links of their mails. */
export type CustomerDesk = AnswerDesk & ProposalDesk;

/** Where mails of customers come in. */
export interface ReplyDesk {
  /** Whether a caller knows the secret by which the mail provider is told apart. */
  knows(secret: string): boolean;
  /** Resolves only when the reply is durable; what no customer of ours wrote is left alone. */
  take(fields: Readonly<Record<string, string>>): Promise<'taken' | 'ignored'>;
}

export interface MailEventDesk {
  /** Resolves only when everything the call told is durable. */
  take(call: WebhookCall): Promise<'taken' | 'refused' | 'unreadable'>;
}
