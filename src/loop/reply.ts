import { ASK_CODES } from '../nps/advocacy.ts';
import { type ChoiceStatus, offered } from '../nps/choices.ts';
import type { Proposal } from '../nps/link.ts';
import { merge } from '../nps/merge-fields.ts';
import { type Offerings, offerFor } from '../nps/offerings.ts';
import { type Spoken, sayIn } from '../nps/spoken.ts';
import type { Sentence } from '../nps/trigger-texts.ts';
import type { AboutChoice, Letter, MailFacts, MailOrder, ReplyToAnswer } from './ports.ts';

export type ReplyOrder = Extract<MailOrder, { answer: unknown }>;

/** What the mail says of each status. */
const SAID: Readonly<Record<ChoiceStatus, string>> = {
  Exists: 'about-your-choice.exists',
  Planned: 'about-your-choice.planned',
  Considered: 'about-your-choice.considered',
};

/** What a mail of a sequence is made of, with the links that lead to what it proposes. */
export function replyTo(
  { template, surveyKey, answer, ask, choice: chosen, language }: ReplyOrder,
  facts: MailFacts,
  { choices, offers, story }: Offerings,
  linkTo: (proposal: Proposal) => string,
): { reply: ReplyToAnswer } & Pick<Letter, 'offerVariant'> {
  const said = (words: Spoken): Sentence => {
    const { text, language: spoken } = sayIn(words, language);
    return { text: merge(text, facts), language: spoken };
  };
  const offer = template === 'ask-thanks' ? offerFor(surveyKey, offers) : null;
  if (template === 'success-story' && !story)
    throw new Error('The settings have no Success Story any more, so the mail about it has no words. Write one again.');
  const reply: ReplyToAnswer = {
    ...facts,
    score: answer.score,
    verbatimGiven: answer.commented,
    actionsTaken: answer.actionsTaken,
    ask: ask
      ? { sentence: `ask-${ASK_CODES[ask]}.sentence`, link: `ask-${ASK_CODES[ask]}.link`, url: linkTo({ ask }) }
      : null,
    choices: offered(choices).map(({ name, label }) => ({ ...sayIn(label, language), url: linkTo({ choice: name }) })),
    choice: aboutChoice(
      choices.find(({ name }) => name === chosen),
      said,
    ),
    offer: offer && said(offer.words),
    story: story && { ...said(story.text), url: story.url ?? '' },
  };
  return { reply, ...(offer && { offerVariant: offer.variant }) };
}

/** Whoever chose nothing, or what is gone meanwhile, is asked openly. */
function aboutChoice(choice: Offerings['choices'][number] | undefined, said: (words: Spoken) => Sentence): AboutChoice {
  if (!choice) return { label: { text: '', language: '' }, sentence: 'about-your-choice.none', more: null, url: '' };
  const { label, status, followUp, url } = choice;
  return { label: said(label), sentence: SAID[status], more: followUp && said(followUp), url: url ?? '' };
}
