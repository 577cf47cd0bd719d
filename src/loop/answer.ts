import type { Ask } from '../nps/advocacy.ts';
import { MINUTE_MS } from '../nps/days.ts';
import { isScore, isUnsubscribe, type LinkKeys, letterOf, type SurveyLink } from '../nps/link.ts';
import { scoreFrom, segmentOf } from '../nps/score.ts';
import type { Sentence } from '../nps/trigger-texts.ts';
import { evidenceOf } from '../nps/verdict.ts';
import type { AnswerDesk, Clock, Spool } from './ports.ts';
import { linkReader } from './read-link.ts';

/** How the keys of opt-outs begin, by which they are known while they wait to be written. */
export const OPT_OUT = 'opt-out:';

/** What the pages say and where they lead, kept at hand because a page must open even while Salesforce cannot be reached. */
export interface Wording {
  company: string;
  /** The open question of a trigger; empty while it is not known. */
  question(trigger: string, language: string): Sentence;
  /** What a choice says, by the name of its record; empty while it is not known. */
  choice(name: string, language: string): Sentence;
  /** The address an ask leads to; null where none is known: the CSM takes it from there. */
  destination(ask: Ask): string | null;
  /** How long a form without proof of a person waits. */
  quarantineMinutes: number;
}

export interface DeskParts {
  links: LinkKeys;
  spool: Spool;
  clock: Clock;
  wording: () => Wording;
}

/** Takes what customers do with their links: looking records a hit, only a submitted form gives an answer. */
export function answerDesk(parts: DeskParts): AnswerDesk {
  const { spool, clock, wording } = parts;
  const { read, words } = linkReader(parts);
  const asked = ({ trigger, language }: SurveyLink) => {
    const { text: question, language: questionLanguage } = wording().question(trigger, language);
    return { question, questionLanguage, ...words(language) };
  };

  return {
    open(token) {
      const link = read(token, isScore);
      if ('problem' in link) return link;
      return { kind: 'score', score: link.choice, ...asked(link) };
    },

    async saw(token, visitor, kind) {
      const link = read(token, isSeen);
      if ('problem' in link) return;
      const { surveyKey, choice } = link;
      await spool.observe({ surveyKey, link: letterOf(choice), kind, visitor, at: clock.now() });
    },

    async give(token, form) {
      const link = read(token, isScore);
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
          ? spool.observe({ surveyKey, link: letterOf(score), kind: 'posted', visitor: form.visitor(), at: answeredAt })
          : undefined,
      ]);
      return { score, segment: segmentOf(score), ...asked(link) };
    },

    openUnsubscribe(token) {
      const link = read(token, isUnsubscribe);
      return 'problem' in link ? link : { kind: 'unsubscribe', ...words(link.language) };
    },

    async unsubscribe(token) {
      const link = read(token, isUnsubscribe);
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

/** Who opens the page to unsubscribe tells nothing about an answer. */
function isSeen(choice: SurveyLink['choice']): choice is Exclude<SurveyLink['choice'], 'unsubscribe'> {
  return !isUnsubscribe(choice);
}
