import { utcDay } from '../nps/days.ts';
import type { LinkKeys, SurveyLink } from '../nps/link.ts';
import type { Wording } from './answer.ts';
import type { Clock, LinkProblem } from './ports.ts';

type Kind = SurveyLink['choice'];

export interface LinkReader {
  /** What every page says, in the link's language. */
  words(language: string): { company: string; language: string };
  /** The link of a token, or what is wrong with it; one of another kind than wanted is unknown. */
  read<Wanted extends Kind>(
    token: string,
    isWanted: (choice: Kind) => choice is Wanted,
  ): (SurveyLink & { choice: Wanted }) | LinkProblem;
}

export function linkReader({
  links,
  clock,
  wording,
}: {
  links: LinkKeys;
  clock: Clock;
  wording: () => Wording;
}): LinkReader {
  const words = (language: string) => ({ company: wording().company, language });
  return {
    words,
    read(token, isWanted) {
      const result = links.read(token, utcDay(clock.now()));
      if ('problem' in result) return { problem: result.problem, ...words('') };
      const { link } = result;
      return isWanted(link.choice) ? { ...link, choice: link.choice } : { problem: 'unknown', ...words(link.language) };
    },
  };
}
