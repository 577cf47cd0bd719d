import type { FastifyReply } from 'fastify';
import Handlebars from 'handlebars';
import type { GivenResult, LinkProblem, OpenedLink, OpenedUnsubscribe, Stationery } from '../loop/ports.ts';
import { SCORES, type Score } from '../nps/score.ts';
import type { PageFiles } from './page-script.ts';
import { PROBLEMS, type ProblemName } from './problems.ts';

/** Everything a customer can be shown, as html. */
export interface Pages {
  answer(link: OpenedLink, complaint?: string, comment?: string): string;
  thanks(given: GivenResult, comment: string): string;
  unsubscribe(link: OpenedUnsubscribe): string;
  unsubscribed(company: string): string;
  problem(name: ProblemName, link?: LinkProblem): string;
}

type Facts = Record<string, unknown> & { score?: Score };

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
    const html = stationery.page(name, { ...facts, choices, comment: COMMENT_PLACE, styleUrl, scriptUrl });
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
    answer: ({ company, language, question, score }, complaint = '', comment = '') =>
      page('answer', { company, language, question, score, complaint }, comment),
    thanks: ({ company, language, question, score }, comment) =>
      page('thanks', { company, language, question, score }, comment),
    unsubscribe: ({ company }) => page('unsubscribe', { company }),
    unsubscribed: (company) => page('unsubscribed', { company }),
    problem: (name, link) => page('problem', { company: link?.company ?? '', ...PROBLEMS[name] }),
  };
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

/** Sends a page with the headers every page has: nobody may keep, frame, index or be referred from it. */
export function show(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply.code(status).headers(HEADERS).send(html);
}
