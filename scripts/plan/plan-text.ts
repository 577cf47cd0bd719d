import type { Plan } from '../../src/loop/ports.ts';
import { ENOUGH, roughly, type Share } from '../../src/nps/forecast.ts';
import { bar, type Column, table } from './table.ts';

const BAR_WIDTH = 30;
const MOST_ROWS = 25;

/** The plan as a person reads it on a terminal. */
export function planText(plan: Plan): string {
  const { company, from, to, days, summary, rates } = plan;
  const { sent, suppressed, deferred, renewalMails } = summary;
  const { answers, tasks } = summary.expected;
  const sections = [
    [
      `NPS plan for ${company}: ${from} to ${to}, today and the ${days} days after it.`,
      ...(plan.asIfActive ? ['Inactive triggers are shown as if they were active (marked *).'] : []),
    ],
    [
      `${count(sent, 'survey')} would be sent; ${count(suppressed, 'moment')} suppressed, ${deferred} still waiting at the end.`,
      ...(renewalMails > 0 ? [`${count(renewalMails, 'renewal mail')} would be sent; they ask nothing.`] : []),
      `Expected answers: ${roughly(answers)}. Expected Tasks for detractors: ${roughly(tasks)}.`,
      `  response rate ${shareText(rates.response, 'surveys')}`,
      `  detractors    ${shareText(rates.detractors, 'answers')}`,
    ],
    ['Surveys a week', ...weekLines(plan)],
    table([{ head: 'Trigger' }, ...numbers('Sent', 'Suppressed', 'Waiting'), { head: 'State' }], triggerRows(plan)),
    summary.csms.length === 0
      ? []
      : table(
          [{ head: 'CSM' }, ...numbers('Sent', 'Answers', 'Tasks')],
          summary.csms.map((csm) => [csm.name, csm.sent, roughly(csm.answers), roughly(csm.tasks)]),
        ),
    summary.reasons.length === 0
      ? []
      : table(
          [{ head: 'Nobody is written to because' }, ...numbers('Moments'), { head: 'For example' }],
          summary.reasons.map(({ code, moments, example }) => [code, moments, example]),
        ),
    clashLines(plan),
    surveyLines(plan),
    [FORESIGHT],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const FORESIGHT =
  'Told from the records as they are today: a case that closes, a contract that is signed or a usage threshold that is\ncrossed tomorrow is not in it, and neither are moments that only an event brings.';

function numbers(...heads: string[]): Column[] {
  return heads.map((head) => ({ head, isNumber: true }));
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function shareText({ value, of, assumed }: Share, what: string): string {
  const percent = `${Math.round(value * 100)} %`;
  return assumed
    ? `${percent}, assumed: ${of} ${what} on record, ${ENOUGH} are needed to tell`
    : `${percent}, over ${of} ${what}`;
}

function weekLines({ summary: { weeks } }: Plan): string[] {
  const most = Math.max(...weeks.map(({ sent }) => sent));
  return weeks.map(({ from, to, sent }) => `  ${from} to ${to}  ${`${bar(sent, most, BAR_WIDTH)} ${sent}`.trim()}`);
}

function triggerRows({ triggers, summary, asIfActive }: Plan): (string | number)[][] {
  return triggers.map(({ name, active, activeFrom, foreseeable, problem }) => {
    const counts = summary.triggers.find(({ trigger }) => trigger === name);
    const considered = active || asIfActive;
    const state = [
      ...(active ? [] : ['not active']),
      ...(activeFrom ? [`from ${activeFrom}`] : []),
      ...(foreseeable ? [] : ['by events alone']),
      ...(problem ? [problem] : []),
    ];
    const shown = considered && counts ? [counts.sent, counts.suppressed, counts.deferred] : ['–', '–', '–'];
    return [`${name}${!active && asIfActive ? ' *' : ''}`, ...shown, state.join(', ')];
  });
}

/** Triggers that meet at one account, and campaigns that write to the same people on the same day. */
function clashLines({ surveys, clashes, campaignsProblem }: Plan): string[] {
  const meetings = surveys.flatMap(({ account, trigger, decidedOn, insteadOf, outcome }) =>
    insteadOf
      ? [[account.name, `${trigger} of ${decidedOn}`, `${insteadOf.trigger} of ${insteadOf.on}`, outcome.status]]
      : [],
  );
  const campaigns = clashes.map(({ account, contact, trigger, on, campaign }) => [
    `${account}, ${contact}`,
    `${trigger} of ${on}`,
    `campaign ${campaign}`,
    'Sent all the same',
  ]);
  const rows = [...meetings, ...campaigns];
  const heads = ['Clash at', 'Survey', 'Meets', 'What happens'].map((head) => ({ head }));
  return [...(rows.length > 0 ? table(heads, rows) : []), ...(campaignsProblem ? [campaignsProblem] : [])];
}

function surveyLines({ surveys }: Plan): string[] {
  const sent = surveys.filter(({ outcome }) => outcome.status === 'Sent');
  if (sent.length === 0) return [];
  const rows = sent
    .slice(0, MOST_ROWS)
    .map(({ decidedOn, trigger, account, contact, csm }) => [
      decidedOn,
      trigger,
      account.name,
      contact?.name ?? '',
      csm?.name ?? '',
    ]);
  const heads = ['Day', 'Trigger', 'Account', 'To', 'From'].map((head) => ({ head }));
  const more = sent.length - rows.length;
  return [...table(heads, rows), ...(more > 0 ? [`and ${more} more; --json lists them all`] : [])];
}
