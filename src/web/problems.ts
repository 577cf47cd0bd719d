import type { LinkProblem } from '../loop/ports.ts';

export type ProblemName =
  | LinkProblem['problem']
  | 'nothing-here'
  | 'unreadable'
  | 'too-long'
  | 'wrong-form'
  | 'wrong-method'
  | 'our-fault';

interface Problem {
  status: number;
  title: string;
  sentence: string;
}

/** What can go wrong on a page, in the customer's words, each with the way out. */
export const PROBLEMS: Record<ProblemName, Problem> = {
  tampered: {
    status: 404,
    title: 'This link is not complete',
    sentence: 'Some mail programs break long links. Please go back to the mail and click your number again.',
  },
  unknown: {
    status: 404,
    title: 'We do not know this link',
    sentence: 'Please go back to the mail and click your number again, or simply reply to the mail.',
  },
  expired: {
    status: 410,
    title: 'This survey has ended',
    sentence: 'Your opinion is still welcome: reply to the mail, and it reaches the person who wrote to you.',
  },
  'nothing-here': {
    status: 404,
    title: 'There is nothing here',
    sentence: 'If you came from one of our mails, please go back to it and click your number again.',
  },
  unreadable: {
    status: 400,
    title: 'We could not read that',
    sentence: 'Please go back to the mail and click your number again.',
  },
  'too-long': {
    status: 413,
    title: 'Your comment is too long',
    sentence: 'Nothing was stored yet. Please go back, shorten your comment and send it again.',
  },
  'wrong-form': {
    status: 415,
    title: 'We could not read that form',
    sentence: 'Nothing was stored. Please go back to the mail, click your number and use the form on the page.',
  },
  'wrong-method': {
    status: 405,
    title: 'That does not work here',
    sentence: 'Nothing was stored. Please go back to the mail, click your number and use the form on the page.',
  },
  'our-fault': {
    status: 500,
    title: 'Something went wrong on our side',
    sentence: 'We may not have your answer. Please go back and send it again in a minute.',
  },
};
