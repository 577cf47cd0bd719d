import type { Action, Board } from '../nps/board/board.ts';
import type { YearOutcomes } from '../nps/board/outcomes.ts';
import type { ScoreCard } from '../nps/board/score-card.ts';
import { type Difference, LEAST_TO_TELL } from '../nps/difference.ts';
import { LEAST_CHURNED, type Lifetime } from '../nps/lifetime.ts';
import type { Rate } from '../nps/rate.ts';
import { SCORES, type Segment, segmentOf } from '../nps/score.ts';
import { barLength, columnChart, onLine, stackedBar, trendChart } from './charts.ts';
import { amount, between, day, many, percent, quarterName, signed, verdict } from './wording.ts';

const BAR = 100;
const WIDE = 220;
const NARROW = 120;
/** In the order of the scale, as the columns above stand. */
const SEGMENTS: readonly Segment[] = ['Detractor', 'Passive', 'Promoter'];
const PLACES = [
  { x: 4, anchor: '' },
  { x: 180, anchor: 'middle' },
  { x: 356, anchor: 'end' },
];
const LONGEST_TEXT = 110;

/** Everything the template shows, in words and places. */
export function boardView(board: Board) {
  const { company, score, risk, themes, lifetime } = board;
  return {
    company,
    quarter: quarterName(board.quarter),
    soFar: board.soFar,
    revenueField: board.revenueField,
    span: `${day(board.from)} to ${day(board.to)}`,
    writtenOn: day(board.writtenAt.toISOString().slice(0, 10)),
    number: numberView(score),
    comparisons: comparisons(score),
    trend: trendView(score),
    distribution: distributionView(score),
    rates: [
      rateView('Response rate', board.response, 'mails that arrived'),
      rateView('Follow-up in time', board.followUp.slaKept, 'detractors’ answers'),
      rateView('Loop closed', board.followUp.loopClosed, 'detractors’ answers'),
    ],
    outcomes: outcomesView(board.outcomes),
    risk: {
      hasAny: risk.accounts > 0,
      sentence: riskSentence(board),
      rows: risk.largest.map(({ name, revenue, reason, doing }) => ({
        name,
        reason: shortened(reason.replace(/^At risk: /, '')),
        revenue: revenue === null ? 'unknown' : amount(revenue),
        doing: doing === null ? 'Nothing on record yet.' : shortened(doing),
        bar: barLength(revenue ?? 0, Math.max(...risk.largest.map((one) => one.revenue ?? 0)), BAR),
      })),
    },
    themes: themes.map(({ theme, answers, detractors }) => ({
      theme: shortened(theme),
      answers,
      detractors,
      all: barLength(answers, Math.max(...themes.map((one) => one.answers)), BAR),
      unhappy: barLength(detractors, Math.max(...themes.map((one) => one.answers)), BAR),
    })),
    lifetime: [lifetimeView('Promoters', lifetime.promoters), lifetimeView('Detractors', lifetime.detractors)],
    action: actionView(board.action),
  };
}

function numberView({ score, interval, n }: ScoreCard) {
  if (score === null) return { isKnown: false, score: '–', about: 'Nobody answered in this quarter.' };
  const about = `95 % interval ${between(interval, signed)}, ${many(n, 'person', 'people')}`;
  return { isKnown: true, score: signed(score), about };
}

function comparisons({ score, before, yearAgo, benchmark }: ScoreCard) {
  const quarters = [
    { label: 'Quarter before', ...before },
    { label: 'Same quarter last year', ...yearAgo },
  ].map(({ label, quarter, score: then, change }) => ({
    label,
    name: `${quarterName(quarter)}: ${then === null ? 'no answers' : signed(then)}`,
    value: change.kind === 'too-few' ? '–' : signed(change.difference),
    about: verdict(change, 'people', signed),
  }));
  if (benchmark === null || score === null) return quarters;
  const industry = { label: 'Industry benchmark', name: `Industry: ${signed(benchmark.score)}` };
  return [...quarters, { ...industry, value: signed(score - benchmark.score), about: benchmark.source }];
}

function trendView({ quarters, benchmark }: ScoreCard) {
  const chart = trendChart(
    quarters.map(({ quarter, score, interval, n }) => ({
      label: quarter.replace(/^\d\d(\d\d)-(Q\d)$/, '$2 ’$1'),
      value: score,
      interval,
      n,
    })),
    benchmark?.score ?? null,
  );
  return {
    ...chart,
    points: chart.points.map(({ shown, ...point }) => ({
      ...point,
      shown: shown && { ...shown, text: signed(shown.value) },
    })),
  };
}

function distributionView({ distribution, counts, n }: ScoreCard) {
  const bars = stackedBar(
    SEGMENTS.map((segment) => counts[segment]),
    352,
  );
  return {
    columns: columnChart(distribution).map((column, index) => ({
      ...column,
      label: column.y - 4,
      score: index,
      segment: segmentOf(SCORES[index] ?? 0),
    })),
    segments: SEGMENTS.map((segment, index) => ({
      segment,
      name: `${segment}s`,
      count: counts[segment],
      share: percent(counts[segment] / Math.max(1, n)),
      x: 4 + (bars[index]?.x ?? 0),
      width: bars[index]?.width ?? 0,
      text: PLACES[index] ?? PLACES[0],
    })),
  };
}

function rateView(label: string, rate: Rate, what: string) {
  const { share, interval, hits, of } = rate;
  return {
    label,
    isKnown: share !== null,
    line: { ...onLine(rate, WIDE), isKnown: share !== null },
    value: share === null ? 'Not enough data yet' : percent(share),
    about:
      share === null
        ? `${hits} of ${of} ${what}; ${LEAST_TO_TELL} are needed`
        : `${hits} of ${of} ${what}; 95 %: ${between(interval, percent)}`,
  };
}

/** The three questions to which the programme owes an answer. */
function outcomesView({ winRate, churn, advocacy }: YearOutcomes) {
  return [
    {
      question: 'Do promoters renew more often?',
      rows: [
        compared('Promoters', winRate.promoters),
        compared('Passives', winRate.passives),
        compared('Detractors', winRate.detractors),
      ],
      ...told('Promoters against detractors', winRate.difference, 'renewals'),
    },
    {
      question: 'Do fewer detractors leave when called soon?',
      rows: [
        compared('Within 24 h', churn.within24Hours),
        compared('24 to 48 h', churn.within48Hours),
        compared('After 48 h', churn.later),
      ],
      ...told('Within 24 h against after 48 h', churn.difference, 'accounts'),
    },
    {
      question: 'Do promoters recommend us when asked?',
      rows: [compared('Invited', advocacy.invited), compared('Not invited', advocacy.uninvited)],
      ...told('Invited against not invited', advocacy.difference, 'answers'),
    },
  ];
}

function compared(label: string, rate: Rate) {
  const { share, of } = rate;
  const isKnown = share !== null;
  const line = { ...onLine(rate, NARROW), isKnown };
  return { label, share: isKnown ? percent(share) : '–', n: `n ${of}`, line };
}

function told(what: string, difference: Difference, of: string) {
  const by = difference.kind === 'too-few' ? '' : `: ${points(difference.difference)} points`;
  return { what: `${what}${by}.`, about: verdict(difference, of, points) };
}

const points = (share: number): string => signed(100 * share);

function riskSentence({ risk: { accounts, revenue, ofAccounts, ofRevenue } }: Board): string {
  if (accounts === 0) return `None of ${many(ofAccounts, 'customer')} who answered is at risk today.`;
  const share = ofRevenue > 0 ? ` (${percent(revenue / ofRevenue)} of ${amount(ofRevenue)})` : '';
  return `${accounts} of ${many(ofAccounts, 'customer')} who answered, ${amount(revenue)} a year${share}. The largest:`;
}

function lifetimeView(label: string, { value, valueInterval, lifetime, revenue, churned, accounts }: Lifetime) {
  const known = value !== null && valueInterval !== null && lifetime !== null && revenue !== null;
  return {
    label,
    value: known ? amount(value) : 'Not enough data yet',
    about: known
      ? `${amount(revenue)} a year × ${lifetime.toFixed(1)} years; 95 %: ${between(valueInterval, amount)}; ${churned} of ${many(accounts, 'account')} left`
      : `${churned} of ${many(accounts, 'account')} left; ${LEAST_CHURNED} are needed${revenue === null ? ', and a revenue' : ''}`,
  };
}

function actionView({ openTasks, overdueTasks, sequencesRunning, actionsTaken, resolved }: Action) {
  return [
    { value: openTasks, label: 'Tasks open', about: overdueTasks === 0 ? 'none overdue' : `${overdueTasks} overdue` },
    { value: sequencesRunning, label: 'sequences with a step to come', about: '' },
    {
      value: actionsTaken.hits,
      label: 'actions on record',
      about: `of ${many(actionsTaken.of, 'detractor’s answer', 'detractors’ answers')}`,
    },
    { value: resolved.hits, label: 'resolved', about: 'of them' },
  ];
}

/** What a person wrote may be longer than the page has room for. */
function shortened(words: string): string {
  return words.length <= LONGEST_TEXT ? words : `${words.slice(0, LONGEST_TEXT - 1).trimEnd()}…`;
}
