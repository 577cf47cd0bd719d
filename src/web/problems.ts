import type { LinkProblem } from '../loop/ports.ts';

export type ProblemName =
  | LinkProblem['problem']
  | 'nothing-here'
  | 'unreadable'
  | 'too-long'
  | 'wrong-form'
  | 'wrong-method'
  | 'our-fault';

/** What can go wrong on a page, with its HTTP status; what the customer reads about it is in the wording. */
export const PROBLEM_STATUS: Record<ProblemName, number> = {
  tampered: 404,
  unknown: 404,
  expired: 410,
  'nothing-here': 404,
  unreadable: 400,
  'too-long': 413,
  'wrong-form': 415,
  'wrong-method': 405,
  'our-fault': 500,
};
