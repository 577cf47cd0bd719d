import type { ComparedSubjects } from '../../src/loop/ports.ts';
import { utcDate } from '../../src/nps/days.ts';
import type { SubjectVariant } from '../../src/nps/subject.ts';
import { table } from '../plan/table.ts';

const VARIANTS: readonly SubjectVariant[] = ['A', 'B'];

/** The comparison as a person reads it on a terminal. */
export function subjectsText(compared: readonly ComparedSubjects[]): string {
  if (compared.length === 0)
    return 'No trigger has a second subject. Set Subject B of an NPS Trigger record to try one.\n';
  const rows = compared.flatMap((one) => VARIANTS.map((variant) => row(one, variant)));
  const lines = table(
    [
      { head: 'Trigger' },
      { head: '' },
      ...['Arrived', 'Answered', 'Unproven', 'Rate'].map((head) => ({ head, isNumber: true })),
      { head: '95 % interval' },
      { head: 'Subject today' },
    ],
    rows,
  );
  const verdicts = compared.map(({ trigger, from, until, sentence }) =>
    from < until
      ? `${trigger}, mails from ${utcDate(from)} to ${utcDate(until)}: ${sentence}`
      : `${trigger}: ${sentence}`,
  );
  return `${[lines.join('\n'), verdicts.join('\n'), HOW].join('\n\n')}\n`;
}

const HOW =
  "Arrived leaves out bounced, failed and test mails, and those of the last 14 days, which may still be answered. Unproven:\nnobody has proved to be a person yet; they count as not answered. A difference is told by Fisher's exact test at 1 %.\nWhen a subject was rewritten, compare from the day after: --since YYYY-MM-DD.";

function row({ trigger, records, rates, subjects }: ComparedSubjects, variant: SubjectVariant) {
  const { sent, answered, unproven } = records[variant];
  const { rate, interval } = rates[variant];
  const share = sent === 0 ? '–' : percent(rate);
  const between = sent === 0 ? '' : `${percent(interval.from)} to ${percent(interval.to)}`;
  return [variant === 'A' ? trigger : '', variant, sent, answered, unproven, share, between, subjects[variant]];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
