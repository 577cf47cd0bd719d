import { merge } from '../nps/merge-fields.ts';
import { RENEWAL_TEMPLATES } from '../nps/renewal.ts';
import { problemOf, recordProblems } from '../nps/trigger-record.ts';
import type { TriggerTexts } from '../nps/trigger-texts.ts';
import { wordCount } from '../nps/words.ts';
import type { Org, Organization, RenderedMail, Stationery, Trigger } from './ports.ts';

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
  const judgedTrigger = (trigger: Trigger): Trigger => {
    const mailWords = (texts: TriggerTexts, spoken?: string) => {
      const languages = spoken === undefined ? stationery.languages : [spoken];
      const mails = languages.flatMap((language) =>
        mailsWith(texts, { ...organization, language }, trigger, stationery),
      );
      return Math.max(...mails.map(({ text }) => wordCount(text)));
    };
    const problems = [trigger.problem, problemOf(trigger.name, recordProblems(trigger, mailWords))];
    return { ...trigger, problem: problems.filter((problem) => problem !== null).join(' ') || null };
  };
  return new Map([...triggers].map(([key, trigger]) => [key, judgedTrigger(trigger)]));
}

/** Every mail that a trigger with these texts sends, to people whose names are long. */
function mailsWith(
  { contextSentence, accomplishments }: TriggerTexts,
  { name: company, postalAddress, language }: Organization & { language: string },
  { kind }: Trigger,
  stationery: Stationery,
): RenderedMail[] {
  const facts = { ...LONG_NAMES, company, postalAddress, language, subject: '' };
  const said = (text: string) => ({ text: merge(text, facts), language });
  const context = said(contextSentence);
  if (kind === 'Renewal Mail') {
    const texts = { contextSentence: context, accomplishments: said(accomplishments) };
    return Object.values(RENEWAL_TEMPLATES).map((template) => stationery.mail(template, { ...facts, ...texts }));
  }
  const links = { scoreLinks: [], unsubscribeUrl: '' };
  const asking = { contextSentence: context.text, sentenceLanguage: language };
  return [stationery.mail('invitation', { ...facts, ...links, ...asking })];
}
