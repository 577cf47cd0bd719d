import { MINUTE_MS, utcDay } from '../nps/days.ts';
import type { LinkKeys, SurveyLink } from '../nps/link.ts';
import { scoreFrom, segmentOf } from '../nps/score.ts';
import type { Sentence } from '../nps/trigger-texts.ts';
import { evidenceOf } from '../nps/verdict.ts';
import type { AnswerDesk, Clock, LinkProblem, Spool } from './ports.ts';

/** How the keys of opt-outs begin, by which they are known while they wait to be written. */
export const OPT_OUT = 'opt-out:';

/** What the pages say, kept at hand because a page must open even while Salesforce cannot be reached. */
export interface Wording {
  company: string;
  /** The open question of a trigger; empty while it is not known. */
  question(trigger: string, language: string): Sentence;
}

interface DeskParts {
  links: LinkKeys;
  spool: Spool;
  clock: Clock;
  wording: () => Wording;
}

type ScoreLink = SurveyLink & { choice: Exclude<SurveyLink['choice'], 'unsubscribe'> };

/** Takes what customers do with their links: looking records a hit, only a submitted form gives an answer. */
export function answerDesk({ links, spool, clock, wording }: DeskParts): AnswerDesk {
  const words = (language: string) => ({ company: wording().company, language });
  const asked = ({ trigger, language }: SurveyLink) => {
    const { text: question, language: questionLanguage } = wording().question(trigger, language);
    return { question, questionLanguage, ...words(language) };
  };

  const read = (token: string): SurveyLink | LinkProblem => {
    const result = links.read(token, utcDay(clock.now()));
    return 'link' in result ? result.link : { problem: result.problem, ...words('') };
  };

  const readScore = (token: string): ScoreLink | LinkProblem => {
    const link = read(token);
    if ('problem' in link) return link;
    return isScoreLink(link) ? link : { problem: 'unknown', ...words(link.language) };
  };

  const readUnsubscribe = (token: string): SurveyLink | LinkProblem => {
    const link = read(token);
    if ('problem' in link || !isScoreLink(link)) return link;
    return { problem: 'unknown', ...words(link.language) };
  };

  return {
    open(token) {
      const link = readScore(token);
      if ('problem' in link) return link;
      return { kind: 'score', score: link.choice, ...asked(link) };
    },

    async saw(token, visitor, kind) {
      const link = readScore(token);
      if ('problem' in link) return;
      await spool.observe({ surveyKey: link.surveyKey, score: link.choice, kind, visitor, at: clock.now() });
    },

    async give(token, form) {
      const link = readScore(token);
      if ('problem' in link) return link;
      const score = scoreFrom(form.score);
      if (score === undefined) return { problem: 'bad-score' };
      const { surveyKey, accountId, trigger, language } = link;
      const answeredAt = clock.now();
      const evidence = evidenceOf({ comment: form.verbatim, gesture: form.gesture, script: form.script });
      const answer = {
        surveyKey,
        accountId,
        trigger,
        language,
        score,
        verbatim: form.verbatim,
        evidence,
        answeredAt: answeredAt.toISOString(),
      };
      // The time first: keys that follow each other share a page of their index, and a commit writes few pages.
      const key = `${answeredAt.getTime()}:${surveyKey}:${score}`;
      await Promise.all([
        spool.put([{ lane: 'answer', key, accountId, payload: { kind: 'given', answer }, dueAt: answeredAt }]),
        // Only an answer without proof of a person is judged again, by who else did what.
        evidence === 'script' || evidence === 'bare'
          ? spool.observe({ surveyKey, score, kind: 'posted', visitor: form.visitor(), at: answeredAt })
          : undefined,
      ]);
      return { score, segment: segmentOf(score), ...asked(link) };
    },

    openUnsubscribe(token) {
      const link = readUnsubscribe(token);
      return 'problem' in link ? link : { kind: 'unsubscribe', ...words(link.language) };
    },

    async unsubscribe(token) {
      const link = readUnsubscribe(token);
      if ('problem' in link) return link;
      const { surveyKey, accountId, language } = link;
      await spool.put([
        {
          lane: 'receipt',
          // The minute, because somebody may leave again whom an admin brought back.
          key: `${OPT_OUT}${surveyKey}:${Math.floor(clock.now().getTime() / MINUTE_MS)}`,
          accountId,
          payload: { kind: 'opt-out', surveyKey },
          dueAt: clock.now(),
        },
      ]);
      return { done: true, ...words(language) };
    },
  };
}

function isScoreLink(link: SurveyLink): link is ScoreLink {
  return link.choice !== 'unsubscribe';
}
