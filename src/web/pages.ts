import type { FastifyReply } from 'fastify';
import Handlebars from 'handlebars';
import type {
  GivenResult,
  LinkProblem,
  OpenedLink,
  OpenedProposal,
  OpenedUnsubscribe,
  Stationery,
  Unsubscribed,
} from '../loop/ports.ts';
import { ASK_CODES, needsAddress } from '../nps/advocacy.ts';
import { ENGLISH, languageFrom } from '../nps/language.ts';
import { SCORES, type Score } from '../nps/score.ts';
import type { PageFiles } from './page-script.ts';
import { PROBLEM_STATUS, type ProblemName } from './problems.ts';

/** Everything a customer can be shown, as html. */
export interface Pages {
  answer(link: OpenedLink): string;
  /** The same page again for a form that named no score, with what was typed. */
  withoutScore(link: OpenedLink, comment: string): string;
  thanks(given: GivenResult, comment: string): string;
  /** What a mail proposed, with the button that accepts it. */
  proposal(link: OpenedProposal): string;
  /** The thanks for what was accepted and leads nowhere else. */
  accepted(link: OpenedProposal): string;
  unsubscribe(link: OpenedUnsubscribe): string;
  unsubscribed(done: Unsubscribed): string;
  /** `accepted` is what the browser prefers (Accept-Language), for links that do not say their language. */
  problem(name: ProblemName, accepted: string | undefined, link?: LinkProblem): string;
}

type Facts = Record<string, unknown> & { language: string; score?: Score };

const COMMENT_PLACE = '[the comment]';
const MOST_REMEMBERED = 1000;

/**
 * The pages, each rendered once: what differs between two customers is their comment only, as a form without an
 * action posts to the page's own address. The comment is put in afterwards.
 */
export function openPages(stationery: Stationery, { styleUrl, scriptUrl }: PageFiles): Pages {
  const remembered = new Map<string, readonly [string, string]>();

  function aroundTheComment(name: string, facts: Facts): readonly [string, string] {
    const key = [name, ...Object.values(facts)].join('\0');
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const choices = SCORES.map((score) => ({ score, checked: score === facts.score }));
    const data = { ...facts, choices, comment: COMMENT_PLACE, styleUrl, scriptUrl };
    const html = stationery.page(name, data);
    const place = html.lastIndexOf(COMMENT_PLACE);
    const parts: readonly [string, string] =
      place < 0 ? [html, ''] : [html.slice(0, place), html.slice(place + COMMENT_PLACE.length)];
    // Companies, questions and scores are few; should they ever not be, starting over is cheaper than growing.
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(key, parts);
    return parts;
  }

  const page = (name: string, facts: Facts, comment = '') =>
    aroundTheComment(name, facts).join(Handlebars.escapeExpression(comment));

  return {
    answer: (link) => page('answer', { ...asked(link), hasNoScore: false }),
    withoutScore: (link, comment) => page('answer', { ...asked(link), hasNoScore: true }, comment),
    thanks: (given, comment) => page('thanks', asked(given), comment),
    proposal: (link) =>
      link.kind === 'choice' ? page('choice', chosen(link)) : page('ask', { ...askWords(link), company: link.company }),
    accepted: (link) =>
      link.kind === 'choice'
        ? page('chosen', chosen(link))
        : page('asked', { company: link.company, language: link.language }),
    unsubscribe: ({ company, language }) => page('unsubscribe', { company, language }),
    unsubscribed: ({ company, language }) => page('unsubscribed', { company, language }),
    problem(name, accepted, link) {
      const language = link?.language || acceptedLanguage(accepted, stationery.languages);
      return page('problem', {
        company: link?.company ?? '',
        language,
        title: `${name}.title`,
        sentence: `${name}.sentence`,
      });
    },
  };
}

const asked = ({ company, language, question, questionLanguage, score }: OpenedLink | GivenResult) => ({
  company,
  language,
  question,
  questionLanguage,
  score,
});

const chosen = ({ company, language, label, labelLanguage }: Extract<OpenedProposal, { kind: 'choice' }>) => ({
  company,
  language,
  label,
  labelLanguage,
});

/** Sentences of the wording. */
const askWords = ({ ask, leadsTo, language }: Extract<OpenedProposal, { kind: 'ask' }>) => {
  const group = `ask-${ASK_CODES[ask]}`;
  const way = leadsTo === null && needsAddress(ask) ? 'ask-later' : group;
  return { language, heading: `${group}.heading`, lead: `${way}.lead`, button: `${way}.button` };
};

/** The first of the browser's languages that we write; browsers name them best first. */
function acceptedLanguage(header: string | undefined, known: readonly string[]): string {
  const wanted = (header ?? '').split(',').map((range) => range.replace(/;.*/, ''));
  return wanted.map((tag) => languageFrom(tag, known)).find((tag) => tag !== undefined) ?? ENGLISH;
}

/** Where a page's form may lead. Browsers hold forwarding after a form to it, however often it is forwarded. */
export type FormsLead = 'to-us' | 'anywhere';

const FORM_ACTION: Readonly<Record<FormsLead, string>> = { 'to-us': "'self'", anywhere: "'self' https:" };

const headers = (formsLead: FormsLead) => ({
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
    `form-action ${FORM_ACTION[formsLead]}; base-uri 'none'; frame-ancestors 'none'`,
});

/** Sends a page with the headers every page has: nobody may keep, frame, index or be referred from it. */
export function show(reply: FastifyReply, status: number, html: string, formsLead: FormsLead = 'to-us'): FastifyReply {
  return reply.code(status).headers(headers(formsLead)).send(html);
}

/** Sends a customer on to an address of somebody else, which learns nothing of where they come from. */
export function forward(reply: FastifyReply, address: string): FastifyReply {
  return reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).redirect(address, 303);
}

/** Tells what went wrong, in the link's language or the browser's. */
export function showProblem(reply: FastifyReply, pages: Pages, name: ProblemName, link?: LinkProblem): FastifyReply {
  return show(reply, PROBLEM_STATUS[name], pages.problem(name, reply.request.headers['accept-language'], link));
}
