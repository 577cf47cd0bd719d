import { z } from 'zod';
import type { Ask } from '../nps/advocacy.ts';
import { textProblems } from '../nps/choices.ts';
import { ENGLISH } from '../nps/language.ts';
import { NOTHING_TO_OFFER, type Offerings } from '../nps/offerings.ts';
import { DEFAULT_SETTINGS } from '../nps/settings.ts';
import { spokenFrom } from '../nps/spoken.ts';
import type { Row } from './calls.ts';
import { textOrNull } from './rows.ts';
import { webAddress } from './web-address.ts';

const ownWords = z
  .string()
  .nullish()
  .transform((value, context) => {
    const spoken = spokenFrom(value ?? '', ENGLISH);
    for (const message of spoken ? textProblems(spoken) : []) context.addIssue({ code: 'custom', message });
    return value ?? '';
  });
const offeredOnlyIf = z
  .boolean()
  .nullish()
  .transform((value) => value === true);

/** The settings by which the mails of sequences have something to offer. */
export const OFFERINGS = {
  AppExchange_Review_URL__c: webAddress,
  G2_Review_URL__c: webAddress,
  Case_Study__c: offeredOnlyIf,
  Referral__c: offeredOnlyIf,
  Offer_A__c: ownWords,
  Offer_B__c: ownWords,
  Success_Story__c: ownWords,
  Success_Story_URL__c: webAddress,
};

const RECORD = z.object(OFFERINGS);

/**
 * What the record Default has to offer beside the choices, also while its other settings cannot be used; nothing while
 * it says this wrongly.
 */
export function offeringsOf(row: Row | undefined): Omit<Offerings, 'choices'> {
  const { data } = RECORD.safeParse(row);
  if (!data) return NOTHING_TO_OFFER;
  const language = ownLanguageOf(row);
  const ways: [Ask, boolean, string | null][] = [
    ['AppExchange Review', data.AppExchange_Review_URL__c !== null, data.AppExchange_Review_URL__c],
    ['G2 Review', data.G2_Review_URL__c !== null, data.G2_Review_URL__c],
    ['Case Study', data.Case_Study__c, null],
    ['Referral', data.Referral__c, null],
  ];
  const story = spokenFrom(data.Success_Story__c, language);
  return {
    destinations: new Map(ways.flatMap(([ask, isOpen, address]) => (isOpen ? [[ask, address] as const] : []))),
    offers: { A: spokenFrom(data.Offer_A__c, language), B: spokenFrom(data.Offer_B__c, language) },
    story: story && { text: story, url: data.Success_Story_URL__c },
  };
}

/** The language of words that an admin gave no tag. */
export function ownLanguageOf(row: Row | undefined): string {
  return textOrNull(row?.Default_Language__c) ?? DEFAULT_SETTINGS.defaultLanguage;
}
