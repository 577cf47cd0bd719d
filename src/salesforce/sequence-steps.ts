import { z } from 'zod';
import { SCORES, type Score, segmentOf } from '../nps/score.ts';
import { LONGEST_DELAY, type RecordedStep } from '../nps/sequence-step.ts';
import { STEP_CONDITIONS, type StepCondition } from '../nps/step-conditions.ts';
import { STEP_KINDS, type StepAction } from '../nps/steps/registry.ts';
import { RECIPIENTS } from '../nps/steps/step-kind.ts';
import type { Row } from './calls.ts';
import { text } from './rows.ts';

/** The fields of NPS_Sequence_Step__mdt that the service reads. */
export const STEP_FIELDS = [
  'DeveloperName',
  'Active__c',
  'Segment__c',
  'Lowest_Score__c',
  'Highest_Score__c',
  'Order__c',
  'Delay_Hours__c',
  'Delay_Percent__c',
  'Delay_From__c',
  'Action__c',
  'Recipient__c',
  'Template__c',
  'Condition__c',
];

const segment = z.enum(['Promoter', 'Passive', 'Detractor'], 'must be Promoter, Passive or Detractor');
const score = z
  .int('must be a whole number from 0 to 10')
  .min(0, 'must not be under 0')
  .max(10, 'must not be over 10')
  .nullable()
  .transform((value) => value as Score | null);

const ACTIONS = Object.keys(STEP_KINDS) as StepAction[];
const CONDITIONS = Object.keys(STEP_CONDITIONS) as StepCondition[];

const LONGEST_PERCENT = 1000;

const FIELDS = z.object({
  Segment__c: segment,
  Lowest_Score__c: score,
  Highest_Score__c: score,
  Order__c: z.int('must be a whole number').min(1, 'must be 1 or more'),
  Delay_Hours__c: z
    .number('must be a number of hours')
    .min(0, 'must not be negative')
    .max(LONGEST_DELAY, 'must not be over a year')
    .nullable(),
  Delay_Percent__c: z
    .number('must be a number of percent')
    .min(0, 'must not be negative')
    .max(LONGEST_PERCENT, `must not be over ${LONGEST_PERCENT}`)
    .nullable(),
  Delay_From__c: z.enum(['Answer', 'Previous Step'], 'must be Answer or Previous Step').nullable(),
  Action__c: z.enum(ACTIONS, `must be one of ${ACTIONS.join(', ')}`),
  Recipient__c: z.enum(RECIPIENTS, `must be empty or one of ${RECIPIENTS.join(', ')}`).nullable(),
  Template__c: z.string('is empty'),
  Condition__c: z.enum(CONDITIONS, `must be empty or one of ${CONDITIONS.join(', ')}`).nullable(),
});

/** A step counts in hours or in percent. */
const STEP = FIELDS.superRefine(({ Delay_Hours__c: hours, Delay_Percent__c: percent }, context) => {
  if ((hours === null) === (percent === null))
    context.addIssue({
      code: 'custom',
      path: ['Delay_Hours__c'],
      message: 'or Delay_Percent__c must be set, not both',
    });
});

/** Reads one NPS Sequence Step record; nothing of one without a segment, which belongs to no sequence. */
export function stepOf(row: Row): RecordedStep[] {
  const name = text(row.DeveloperName);
  const sequence = segment.safeParse(row.Segment__c);
  if (!sequence.success) return [];
  const recorded = { name, segment: sequence.data, active: row.Active__c === true, course: courseOf(row) };
  const { data, error } = STEP.safeParse(row);
  if (error) {
    const problems = error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
    return [{ ...recorded, read: { problems } }];
  }
  const scores = SCORES.filter((one) => segmentOf(one) === sequence.data);
  const step = {
    name,
    segment: sequence.data,
    lowest: data.Lowest_Score__c ?? scores[0] ?? 0,
    highest: data.Highest_Score__c ?? scores.at(-1) ?? 10,
    order: data.Order__c,
    delayHours: data.Delay_Hours__c ?? 0,
    delayPercent: data.Delay_Percent__c,
    from: data.Delay_From__c ?? ('Answer' as const),
    action: data.Action__c,
    recipient: data.Recipient__c,
    template: data.Template__c,
    condition: data.Condition__c,
  };
  return [{ ...recorded, read: { step } }];
}

/** A step that does nothing known is missed where the mails are. */
function courseOf(row: Row): RecordedStep['course'] {
  const { data } = FIELDS.shape.Action__c.safeParse(row.Action__c);
  return data ? STEP_KINDS[data].course : 'Sequence';
}
