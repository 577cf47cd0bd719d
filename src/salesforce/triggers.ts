import { z } from 'zod';
import type { Trigger } from '../loop/ports.ts';
import type { MomentSource } from '../nps/due-moments.ts';
import { MINIMUM_GAP_DAYS, type TriggerKind } from '../nps/eligibility.ts';
import { ENGLISH } from '../nps/language.ts';
import { LAST_PRIORITY, problemOf } from '../nps/trigger-record.ts';
import type { TriggerTexts } from '../nps/trigger-texts.ts';
import type { Row } from './calls.ts';
import { numberOrNull, text, textOrNull } from './rows.ts';

const TEXT_FIELDS = ['Language__c', 'Context_Sentence__c', 'Open_Question__c', 'Subject_A__c', 'Subject_B__c'].concat([
  'Accomplishments__c',
]);

/** The fields of NPS_Trigger__mdt that the service reads. */
export const TRIGGER_FIELDS = [
  'DeveloperName',
  'Active__c',
  'Kind__c',
  'Active_From__c',
  'Priority__c',
  'Is_Onboarding__c',
  'Minimum_Account_Age_Days__c',
  'Minimum_Gap_Days__c',
  'Wait_Days__c',
  'Source_Object__c',
  'Date_Field__c',
  'Offset_Days__c',
  'Condition__c',
  'Account_Field__c',
  'Contact_Field__c',
  'Threshold__c',
  ...TEXT_FIELDS,
];

const MINIMUM_ACCOUNT_AGE_DAYS = 30;

const name = z.string().regex(/^[A-Za-z]\w*$/, 'must be an API name');
const path = z.string().regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/, 'must be the API name of a field');

const KINDS: readonly TriggerKind[] = ['Survey', 'Renewal Mail'];

/** Empty is a survey. */
const KIND = z.object({ Kind__c: z.enum(KINDS, `must be ${KINDS.join(' or ')}`).nullish() });

/** A trigger without a source object is served by events alone; one with a source must say the rest, too. */
const SOURCE = z.object({
  Source_Object__c: name,
  Date_Field__c: name,
  Offset_Days__c: z.number('must be a whole number of days').int('must be a whole number of days'),
  Condition__c: z.string().nullable(),
  Account_Field__c: path,
  Contact_Field__c: path.nullable(),
  Threshold__c: z.number().nullable(),
});

/** The fields of NPS_Trigger_Text__mdt that the service reads. */
export const TRIGGER_TEXT_FIELDS = ['Trigger__r.DeveloperName', ...TEXT_FIELDS];

/** Reads one NPS Trigger record with its texts in other languages. What is wrong with it is said in a sentence and disables this trigger alone. */
export function triggerOf(row: Row, translations: readonly Row[] = []): Trigger {
  const source = sourceOf(row);
  return {
    name: text(row.DeveloperName),
    kind: row.Kind__c === 'Renewal Mail' ? 'Renewal Mail' : 'Survey',
    active: row.Active__c === true,
    activeFrom: textOrNull(row.Active_From__c),
    priority: numberOrNull(row.Priority__c) ?? LAST_PRIORITY,
    onboarding: row.Is_Onboarding__c === true,
    minimumAccountAgeDays: numberOrNull(row.Minimum_Account_Age_Days__c) ?? MINIMUM_ACCOUNT_AGE_DAYS,
    minimumGapDays: numberOrNull(row.Minimum_Gap_Days__c) ?? MINIMUM_GAP_DAYS,
    waitDays: numberOrNull(row.Wait_Days__c) ?? 0,
    ...textsOf(row),
    translations: translations.map(textsOf),
    ...source,
  };
}

function textsOf(row: Row): TriggerTexts {
  return {
    language: text(row.Language__c).trim().replaceAll('_', '-') || ENGLISH,
    contextSentence: text(row.Context_Sentence__c),
    openQuestion: text(row.Open_Question__c),
    accomplishments: text(row.Accomplishments__c),
    subject: text(row.Subject_A__c),
    secondSubject: text(row.Subject_B__c),
  };
}

function sourceOf(row: Row): { source: MomentSource | null; problem: string | null } {
  const kind = KIND.safeParse(row);
  const source = row.Source_Object__c ? SOURCE.safeParse(row) : undefined;
  const issues = [kind, source].flatMap((result) => result?.error?.issues ?? []);
  const wrong = issues.map(({ path: [field], message }) => `${String(field)} ${message}`);
  const problem = problemOf(text(row.DeveloperName), wrong);
  if (problem !== null || !source?.data) return { source: null, problem };
  const { data } = source;
  return {
    source: {
      object: data.Source_Object__c,
      dateField: data.Date_Field__c,
      offsetDays: data.Offset_Days__c,
      condition: data.Condition__c,
      accountField: data.Account_Field__c,
      contactField: data.Contact_Field__c,
      threshold: data.Threshold__c,
    },
    problem,
  };
}
