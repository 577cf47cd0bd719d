import { z } from 'zod';
import { benchmarkFrom } from '../nps/board/score-card.ts';
import { MINIMUM_GAP_DAYS } from '../nps/eligibility.ts';
import { isLanguageTag } from '../nps/language.ts';
import { type SendWindow, sendWindowOf } from '../nps/send-window.ts';
import type { SentimentWords } from '../nps/sentiment.ts';
import { DEFAULT_SETTINGS, type Settings, SettingsError } from '../nps/settings.ts';
import { type Theme, themeFrom } from '../nps/themes.ts';
import { blackouts } from './blackouts.ts';
import type { Row } from './calls.ts';
import { OFFERINGS } from './offerings.ts';
import { linesOf, textOrNull } from './rows.ts';

const domains = z
  .string()
  .nullable()
  .transform((value) => linesOf(value).map((line) => line.replace(/^@/, '').toLowerCase()));
const whole = (preset: number, min: number, max: number) =>
  z
    .int('must be a whole number')
    .min(min, `must not be under ${min}`)
    .max(max, `must not be over ${max}`)
    .nullable()
    .transform((value) => value ?? preset);
const word = (preset: string) =>
  z
    .string()
    .nullable()
    .transform((value) => value ?? preset);
const fieldName = z
  .string()
  .regex(/^[A-Za-z]\w*(__c|Id)$/, 'must be the API name of a lookup to User')
  .nullable()
  .transform((value) => value ?? DEFAULT_SETTINGS.csmField);

const sendWindow = z
  .string()
  .nullable()
  .transform((value, context): SendWindow | null => {
    if (value === null || value.trim() === '') return null;
    const window = sendWindowOf(value);
    if (!window)
      context.addIssue({ code: 'custom', message: `is "${value}", which is no window like Mon-Fri 08:00-18:00` });
    return window ?? null;
  });
const switchedOn = z
  .boolean()
  .nullable()
  .transform((value) => value === true);
const countries = z
  .string()
  .nullable()
  .transform((value) => linesOf(value).map((line) => line.toLowerCase()));
const cap = z.int('must be a whole number').min(1, 'must not be under 1, or empty').nullable();
const fieldPath = z
  .string()
  .regex(/^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/, 'must be the API name of a field of Contact, or Account.Field__c')
  .nullable();
const language = z
  .string()
  .nullable()
  .transform((value) => value ?? DEFAULT_SETTINGS.defaultLanguage)
  .refine(isLanguageTag, 'must be a language tag such as en, de or pt-BR');
const themes = z
  .string()
  .nullable()
  .transform((value, context): Theme[] =>
    linesOf(value).flatMap((line) => {
      const theme = themeFrom(line);
      if (theme) return [theme];
      const message = `has the line "${line}", which is no theme like Support: ticket*, nobody calls`;
      context.addIssue({ code: 'custom', message });
      return [];
    }),
  );
const sentimentWords = z
  .string()
  .nullable()
  .transform((value, context): SentimentWords => {
    const read = linesOf(value).map((line) => ({ line, words: themeFrom(line) }));
    for (const { line, words } of read) {
      if (words && ['Positive', 'Negative'].includes(words.name)) continue;
      const message = `has the line "${line}", which is not like Negative: slow*, nobody calls, nor begins with Positive:`;
      context.addIssue({ code: 'custom', message });
    }
    const wordsOf = (name: string) => read.flatMap(({ words }) => (words?.name === name ? words.phrases : []));
    return { positive: wordsOf('Positive'), negative: wordsOf('Negative') };
  });
const numberField = z
  .string()
  .regex(/^[A-Za-z]\w*$/, 'must be the API name of a number or currency field of Account')
  .nullable()
  .transform((value) => value ?? DEFAULT_SETTINGS.revenueField);

/** Percent, or points of score; empty: nothing is asked of the metric. */
const target = z.number().nullable();

const LONGEST_LOOK_BACK = 90;

const SETTING = z.object({
  Look_Back_Days__c: whole(DEFAULT_SETTINGS.lookBackDays, 0, LONGEST_LOOK_BACK),
  Quarantine_Minutes__c: whole(DEFAULT_SETTINGS.quarantineMinutes, 0, 7 * 24 * 60),
  Minimum_Gap_Days__c: whole(DEFAULT_SETTINGS.minimumGapDays, MINIMUM_GAP_DAYS, 3650),
  Rolling_Window_Days__c: whole(DEFAULT_SETTINGS.rollingWindowDays, 1, 3650),
  // A record that is gone lets its moment be decided again, as long as it is looked back to.
  Suppressed_Retention_Days__c: whole(DEFAULT_SETTINGS.suppressedRetentionDays, LONGEST_LOOK_BACK + 1, 36_500),
  Contact_Role__c: z.string().nullable(),
  CSM_Field__c: fieldName,
  Revenue_Field__c: numberField,
  Account_Team_Role__c: word(DEFAULT_SETTINGS.accountTeamRole),
  Fallback_Owner__c: z.string().nullable(),
  Executive__c: z.string().nullable(),
  Churn_Condition__c: z.string().nullable(),
  Renewal_Condition__c: z.string().nullable(),
  Lost_Renewal_Is_Churn__c: switchedOn,
  Programme_Condition__c: z.string().nullable(),
  Open_Case_Condition__c: z.string().nullable(),
  Escalation_Condition__c: z.string().nullable(),
  Falling_Usage_Condition__c: z.string().nullable(),
  Themes__c: themes,
  Sentiment_Words__c: sentimentWords,
  Industry_Benchmark__c: z.number().min(-100, 'must not be under -100').max(100, 'must not be over 100').nullable(),
  Industry_Benchmark_Source__c: z.string().nullable(),
  Time_Zone_Field__c: fieldPath,
  Consent_Countries__c: countries,
  Country_Field__c: fieldPath,
  Consent_Field__c: fieldPath,
  Check_Individual__c: switchedOn,
  Check_Contact_Point_Consent__c: switchedOn,
  Excluded_Domains__c: domains,
  Send_Window__c: sendWindow,
  Mails_an_Hour_per_Sender__c: cap,
  Mails_an_Hour_per_Domain__c: cap,
  Blackouts__c: blackouts,
  Log_Mails__c: switchedOn,
  Language_Field__c: fieldPath,
  Default_Language__c: language,
  Postal_Address__c: z.string().nullable(),
  ...OFFERINGS,
  Target_Detractor_Replies__c: target,
  Target_Retention__c: target,
  Target_Reviews__c: target,
  Target_Referrals__c: target,
  Target_Passive_to_Promoter__c: target,
  Target_Score_Change__c: target,
  Target_Loop_Closure__c: target,
  Target_Re_Escalation__c: target,
});

/** With what settings say of each other: where consent is needed, somebody must be able to tell country and consent. */
const RECORD = SETTING.superRefine((record, context) => {
  if (record.Consent_Countries__c.length === 0) return;
  const need = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (!record.Country_Field__c) need('Country_Field__c', 'must name a field, because Consent_Countries__c is set');
  if (!record.Consent_Field__c && !record.Check_Contact_Point_Consent__c) {
    need('Consent_Field__c', 'must name a checkbox, because Consent_Countries__c is set');
  }
});

/** The fields of NPS_Setting__mdt that the service reads. */
export const SETTING_FIELDS = Object.keys(SETTING.shape);

/** The postal address in one line. It is known even while another setting cannot be used: every mail must have it. */
export function postalAddressOf(row: Row | undefined): string {
  return linesOf(textOrNull(row?.Postal_Address__c)).join(', ');
}

/** Reads the record Default; what is not set has its default. @throws SettingsError */
export function settingsOf(row: Row | undefined): Settings {
  if (!row) return DEFAULT_SETTINGS;
  const result = RECORD.safeParse(row);
  if (!result.success)
    throw new SettingsError(result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`));
  const { data } = result;
  return {
    lookBackDays: data.Look_Back_Days__c,
    quarantineMinutes: data.Quarantine_Minutes__c,
    minimumGapDays: data.Minimum_Gap_Days__c,
    rollingWindowDays: data.Rolling_Window_Days__c,
    suppressedRetentionDays: data.Suppressed_Retention_Days__c,
    contactRole: data.Contact_Role__c,
    csmField: data.CSM_Field__c,
    revenueField: data.Revenue_Field__c,
    accountTeamRole: data.Account_Team_Role__c,
    fallbackOwner: data.Fallback_Owner__c,
    executive: data.Executive__c,
    churnCondition: data.Churn_Condition__c,
    renewalCondition: data.Renewal_Condition__c,
    lostRenewalIsChurn: data.Lost_Renewal_Is_Churn__c,
    programmeCondition: data.Programme_Condition__c,
    openCaseCondition: data.Open_Case_Condition__c,
    escalationCondition: data.Escalation_Condition__c,
    fallingUsageCondition: data.Falling_Usage_Condition__c,
    themes: data.Themes__c,
    sentimentWords: data.Sentiment_Words__c,
    benchmark: benchmarkFrom(data.Industry_Benchmark__c, data.Industry_Benchmark_Source__c),
    sendWindow: data.Send_Window__c,
    mailsAnHourPerSender: data.Mails_an_Hour_per_Sender__c,
    mailsAnHourPerDomain: data.Mails_an_Hour_per_Domain__c,
    timeZoneField: data.Time_Zone_Field__c,
    consentCountries: data.Consent_Countries__c,
    countryField: data.Country_Field__c,
    consentField: data.Consent_Field__c,
    checksIndividual: data.Check_Individual__c,
    checksContactPointConsent: data.Check_Contact_Point_Consent__c,
    excludedDomains: data.Excluded_Domains__c,
    languageField: data.Language_Field__c,
    defaultLanguage: data.Default_Language__c,
    blackouts: data.Blackouts__c,
    targets: {
      'detractor-replies': data.Target_Detractor_Replies__c,
      retention: data.Target_Retention__c,
      reviews: data.Target_Reviews__c,
      referrals: data.Target_Referrals__c,
      'passive-to-promoter': data.Target_Passive_to_Promoter__c,
      'score-change': data.Target_Score_Change__c,
      'loop-closure': data.Target_Loop_Closure__c,
      'escalated-again': data.Target_Re_Escalation__c,
    },
    logsMails: data.Log_Mails__c,
  };
}
