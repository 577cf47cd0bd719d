import { merge } from '../nps/merge-fields.ts';
import { problemOf, recordProblems } from '../nps/trigger-record.ts';
import { wordCount } from '../nps/words.ts';
import type { Org, Organization, Stationery, Trigger } from './ports.ts';

/** Names as long as names get: a mail to them must still be short enough. */
const LONG_NAMES = {
  account: { name: 'The Very Large Shipping Company' },
  contact: { firstName: 'Anna Maria', name: 'Anna Maria de Vries' },
  csm: { name: 'Anna Maria de Vries', email: '', phone: '' },
};

/**
 * The org whose triggers are judged by what their mails would say, too: one that would send a wrong mail carries its
 * problem, which stops it and no other.
 */
export function withSoundTriggers<T extends Org>(org: T, stationery: Stationery): T {
  let judged: { from: ReadonlyMap<string, Trigger>; triggers: ReadonlyMap<string, Trigger> } | undefined;
  return {
    ...org,
    async triggers() {
      const [organization, from] = await Promise.all([org.organization(), org.triggers()]);
      if (judged?.from !== from) judged = { from, triggers: judgedTriggers(from, organization, stationery) };
      return judged.triggers;
    },
  };
}

function judgedTriggers(triggers: ReadonlyMap<string, Trigger>, organization: Organization, stationery: Stationery) {
  const mailWords = (contextSentence: string, spoken?: string) => {
    const languages = spoken === undefined ? stationery.languages : [spoken];
    return Math.max(
      ...languages.map((language) => wordCount(mailWith({ contextSentence, language }, organization, stationery))),
    );
  };
  return new Map(
    [...triggers].map(([key, trigger]) => {
      const problems = [trigger.problem, problemOf(trigger.name, recordProblems(trigger, mailWords))];
      return [key, { ...trigger, problem: problems.filter((problem) => problem !== null).join(' ') || null }];
    }),
  );
}

function mailWith(
  { contextSentence, language }: { contextSentence: string; language: string },
  { name: company, postalAddress }: Organization,
  stationery: Stationery,
): string {
  const facts = { ...LONG_NAMES, company, postalAddress, language };
  const sentence = merge(contextSentence, facts);
  const links = { scoreLinks: [], unsubscribeUrl: '' };
  return stationery.mail('invitation', {
    ...facts,
    ...links,
    subject: '',
    contextSentence: sentence,
    sentenceLanguage: language,
  }).text;
}
