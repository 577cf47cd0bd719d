import { merge } from '../nps/merge-fields.ts';
import { subjectVariantOf } from '../nps/subject.ts';
import { type Sentence, sentenceIn, subjectsIn } from '../nps/trigger-texts.ts';
import type { Invitation, MailFacts, MailOrder, Org, RenewalMail, Trigger } from './ports.ts';

/** The trigger whose words a first mail says. @throws while it is gone or cannot be used: its mails wait until it is mended */
export async function speakingTrigger({ trigger: name }: Pick<MailOrder, 'trigger'>, org: Org): Promise<Trigger> {
  const trigger = (await org.triggers()).get(name.toLowerCase());
  if (!trigger) throw new Error(`The NPS Trigger record ${name} is gone, so its mails have no words. Add it again.`);
  if (trigger.problem) throw new Error(trigger.problem);
  return trigger;
}

/** What an invitation says in its trigger's words; half of the surveys get the second subject, if there is one. */
export function invitationWords(surveyKey: string, trigger: Trigger, facts: MailFacts) {
  const subjects = subjectsIn(trigger, facts.language);
  const subjectVariant = subjectVariantOf(surveyKey, subjects);
  const { text, language } = said('contextSentence', trigger, facts);
  const words: Pick<Invitation, 'subject' | 'contextSentence' | 'sentenceLanguage'> = {
    subject: merge(subjectVariant === 'A' ? subjects.subject : subjects.secondSubject, facts),
    contextSentence: text,
    sentenceLanguage: language,
  };
  return { ...words, subjectVariant };
}

/** What a renewal mail says in its trigger's words. */
export function renewalWords(
  trigger: Trigger,
  facts: MailFacts,
): Pick<RenewalMail, 'subject' | 'contextSentence' | 'accomplishments'> {
  return {
    subject: merge(subjectsIn(trigger, facts.language).subject, facts),
    contextSentence: said('contextSentence', trigger, facts),
    accomplishments: said('accomplishments', trigger, facts),
  };
}

function said(name: 'contextSentence' | 'accomplishments', trigger: Trigger, facts: MailFacts): Sentence {
  const { text, language } = sentenceIn(trigger, name, facts.language);
  return { text: merge(text, facts), language };
}
