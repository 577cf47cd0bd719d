import { segmentOf } from '../score.ts';
import type { BoardAnswer } from './facts.ts';

/** How often comments were about something. */
export interface ThemeCount {
  theme: string;
  answers: number;
  /** How many of them are detractors'. */
  detractors: number;
}

/** Themes of these answers, what detractors speak of most first. */
export function topThemes(answers: readonly BoardAnswer[], most: number): ThemeCount[] {
  const named = answers.flatMap((answer) => answer.themes.map((theme) => ({ theme, answer })));
  return [...Map.groupBy(named, ({ theme }) => theme)]
    .map(([theme, all]) => ({
      theme,
      answers: all.length,
      detractors: all.filter(({ answer }) => segmentOf(answer.score) === 'Detractor').length,
    }))
    .toSorted(
      (one, other) =>
        other.detractors - one.detractors || other.answers - one.answers || one.theme.localeCompare(other.theme),
    )
    .slice(0, most);
}
