import type { AnswerDesk, AnswerForm, LinkProblem, OpenedLink } from '../../src/loop/ports.ts';
import { scoreFrom, segmentOf } from '../../src/nps/score.ts';

export interface FakeDesk extends AnswerDesk {
  visits: { token: string; visitor: string; kind: string }[];
  given: AnswerForm[];
  unsubscribed: string[];
}

/** Knows the links `score-0` to `score-10` and `leave`; `expired` and `unknown` are what they say, the rest is tampered. */
export function fakeDesk(
  question = 'What is the main reason for your score?',
  language = 'en',
  company = 'Northwind',
): FakeDesk {
  const asked = { question, questionLanguage: language, company, language };
  const visits: FakeDesk['visits'] = [];
  const given: AnswerForm[] = [];
  const unsubscribed: string[] = [];

  function problemOf(token: string): LinkProblem {
    const problem = token === 'expired' || token === 'unknown' ? token : 'tampered';
    return { problem, company, language: problem === 'tampered' ? '' : language };
  }
  function open(token: string): OpenedLink | LinkProblem {
    const score = scoreFrom(token.replace(/^score-/, ''));
    return score === undefined ? problemOf(token) : { kind: 'score', score, ...asked };
  }
  return {
    visits,
    given,
    unsubscribed,
    open,
    async saw(token, visitor, kind) {
      visits.push({ token, visitor, kind });
    },
    async give(token, form) {
      const link = open(token);
      if ('problem' in link) return link;
      const score = scoreFrom(form.score);
      if (score === undefined) return { problem: 'bad-score' };
      given.push(form);
      return { score, segment: segmentOf(score), ...asked };
    },
    openUnsubscribe: (token) => (token === 'leave' ? { kind: 'unsubscribe', company, language } : problemOf(token)),
    async unsubscribe(token) {
      if (token !== 'leave') return problemOf(token);
      unsubscribed.push(token);
      return { done: true, company, language };
    },
  };
}
