import type { ForwardedReply, Invitation, RenewalMail, ReplyToAnswer } from '../../src/loop/ports.ts';
import { SCORES } from '../../src/nps/score.ts';

/** As long as a link gets: 150 characters. */
const link = (end: string) => `https://nps.example.com/a/${'k'.repeat(150)}`.slice(0, 150 - end.length) + end;

export const invitation: Invitation = {
  subject: 'A quick question, Dana',
  company: 'Northwind',
  account: { name: 'Blue Harbour Logistics' },
  contact: { firstName: 'Dana', name: 'Dana Osei' },
  csm: { name: 'Mira Lindqvist', email: 'mira@northwind.example', phone: '' },
  language: 'en',
  postalAddress: 'Northwind Ltd, 12 Harbour Street, Bristol BS1 4QA, United Kingdom',
  contextSentence:
    'Blue Harbour Logistics has been working with Northwind for about six weeks now, and I would like to hear how it is going.',
  sentenceLanguage: 'en',
  scoreLinks: SCORES.map((score) => ({ score, url: link(`-${score}`) })),
  unsubscribeUrl: link('-u'),
};

export const renewalMail: RenewalMail = {
  subject: 'Your renewal with Northwind',
  company: 'Northwind',
  account: { name: 'Blue Harbour Logistics' },
  contact: { firstName: 'Dana', name: 'Dana Osei' },
  csm: { name: 'Mira Lindqvist', email: 'mira@northwind.example', phone: '' },
  language: 'en',
  postalAddress: 'Northwind Ltd, 12 Harbour Street, Bristol BS1 4QA, United Kingdom',
  contextSentence: {
    text: 'The agreement between Blue Harbour Logistics and Northwind comes up for renewal soon.',
    language: 'en',
  },
  accomplishments: {
    text: 'Your team told us it would recommend Northwind, which says something about what you have achieved with it.',
    language: 'en',
  },
};

export const replyToAnswer: ReplyToAnswer = {
  company: 'Northwind',
  account: { name: 'Blue Harbour Logistics' },
  contact: { firstName: 'Dana', name: 'Dana Osei' },
  csm: { name: 'Mira Lindqvist', email: 'mira@northwind.example', phone: '+44 117 496 0123' },
  language: 'en',
  postalAddress: 'Northwind Ltd, 12 Harbour Street, Bristol BS1 4QA, United Kingdom',
  score: 3,
  verbatimGiven: true,
  actionsTaken: 'We moved your nightly import to its own server; it has run on time since Monday.',
  ask: { sentence: 'ask-g2.sentence', link: 'ask-g2.link', url: link('-a-g2') },
  choices: ['Easier to use', 'A feature I miss', 'Faster support', 'Better value for money', 'More reliability'].map(
    (text) => ({ text, language: 'en', url: link(`-c-${text.replaceAll(' ', '_')}`) }),
  ),
  choice: {
    label: { text: 'Faster support', language: 'en' },
    sentence: 'about-your-choice.exists',
    more: {
      text: 'Since spring our chat answers within ten minutes, also for Blue Harbour Logistics. You will find it at the foot of every page.',
      language: 'en',
    },
    url: 'https://northwind.example/chat',
  },
  offer: {
    text: 'Early access to our next release, six weeks before everybody else, for you and your team.',
    language: 'en',
  },
  story: {
    text: 'Harbour Foods halved the time from order to delivery, with two people and in one summer.',
    language: 'en',
    url: 'https://northwind.example/stories/harbour-foods',
  },
};

export const forwardedReply: ForwardedReply = {
  ...{ company: 'Northwind', account: replyToAnswer.account, contact: replyToAnswer.contact, language: 'en' },
  ...{ csm: replyToAnswer.csm, postalAddress: replyToAnswer.postalAddress },
  subject: 'Re: A quick question, Dana',
  lines: ['3, because the nightly import fails.', '', 'Dana'],
  attachments: ['import.log'],
  score: '3',
};
