import type { AnswerForm, CustomerDesk, LinkProblem, OpenedLink, OpenedProposal } from '../../src/loop/ports.ts';
import { askFrom } from '../../src/nps/advocacy.ts';
import { scoreFrom, segmentOf } from '../../src/nps/score.ts';

export interface FakeDesk extends CustomerDesk {
  visits: { token: string; visitor: string; kind: string }[];
  given: AnswerForm[];
  unsubscribed: string[];
  accepted: { token: string; gesture: boolean }[];
}

/** Where the ask for a G2 review leads. */
export const REVIEW_PAGE = 'https://g2.example/write?product=northwind';

/**
 * Knows the links `score-0` to `score-10`, `leave`, `choice`, `ask-g2`, which leads on, and the other asks, which do
 * not; `expired` and `unknown` are what they say, the rest is tampered.
 */
export function fakeDesk(
  question = 'What is the main reason for your score?',
  language = 'en',
  company = 'Northwind',
): FakeDesk {
  const asked = { question, questionLanguage: language, company, language };
  const visits: FakeDesk['visits'] = [];
  const given: AnswerForm[] = [];
  const unsubscribed: string[] = [];
  const accepted: FakeDesk['accepted'] = [];

  function problemOf(token: string): LinkProblem {
    const problem = token === 'expired' || token === 'unknown' ? token : 'tampered';
    return { problem, company, language: problem === 'tampered' ? '' : language };
  }
  function open(token: string): OpenedLink | LinkProblem {
    const score = scoreFrom(token.replace(/^score-/, ''));
    return score === undefined ? problemOf(token) : { kind: 'score', score, ...asked };
  }
  function openProposal(token: string): OpenedProposal | LinkProblem {
    const label = language === 'de' ? 'Schnellerer Support' : 'Faster support';
    if (token === 'choice') return { kind: 'choice', label, labelLanguage: language, company, language };
    const ask = askFrom(token.replace(/^ask-/, ''));
    if (!ask) return problemOf(token);
    return { kind: 'ask', ask, leadsTo: ask === 'G2 Review' ? REVIEW_PAGE : null, company, language };
  }
  return {
    ...{ visits, given, unsubscribed, accepted, open, openProposal },
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
    async accept(token, { gesture }) {
      const link = openProposal(token);
      if (!('problem' in link)) accepted.push({ token, gesture });
      return link;
    },
  };
}
