import { firstAsk, isDone, isFollowed, isOpen, NO_ASKS, nextAsk, standingAsk } from '../nps/advocacy.ts';
import type { Happened } from '../nps/happened.ts';
import type { StepMail } from '../nps/steps/mail.ts';
import type { ChangeFacts } from './change-facts.ts';
import type { Proposed, ResponseRecord } from './ports.ts';

type Facts = Pick<ChangeFacts, 'asks' | 'offerings'>;

/** What a mail asks for or is about, decided once, when its step is due. */
export function proposedBy(
  template: StepMail,
  before: ResponseRecord | undefined,
  accountId: string,
  { asks, offerings: { destinations } }: Facts,
): Proposed {
  switch (template) {
    case 'thank-you': {
      const ask =
        firstAsk(before?.advocacy ?? NO_ASKS) ?? nextAsk(new Set(destinations.keys()), asks.get(accountId) ?? []);
      return ask ? { ask } : {};
    }
    case 'ask-reminder': {
      const standing = standingAsk(before?.advocacy.log ?? []);
      return standing ? { ask: standing.ask } : {};
    }
    case 'referral':
      return { ask: 'Referral' };
    case 'about-your-choice':
      return before?.chosen ? { choice: before.chosen.choice } : {};
    default:
      return {};
  }
}

/** What the conditions of steps want to know of asks, choices and stories. */
export function offersNow(
  before: ResponseRecord | undefined,
  accountId: string,
  { asks, offerings: { destinations, story } }: Facts,
): Pick<Happened, 'accepted' | 'askOpen' | 'askFollowed' | 'referralLeft' | 'storyToTell'> {
  const advocacy = before?.advocacy ?? NO_ASKS;
  const askFollowed = isFollowed(advocacy);
  return {
    accepted: askFollowed || (before?.chosen ?? null) !== null,
    askFollowed,
    askOpen: isOpen(advocacy),
    referralLeft: destinations.has('Referral') && !isDone('Referral', asks.get(accountId) ?? []),
    storyToTell: story !== null,
  };
}
