import { caniemail } from 'caniemail';
import { describe, expect, it } from 'vitest';
import type { MailData } from '../../src/loop/ports.ts';
import { openStationery } from '../../src/mail/stationery.ts';
import { CLIENT_GAPS } from './client-gaps.ts';
import { invitation, replyToAnswer } from './letters.ts';
import { TEMPLATES } from './own-language.ts';

/** Those whose support caniemail knows whole; it throws at the others. */
const CLIENTS = ['apple-mail.*', 'gmail.*', 'outlook.*', 'yahoo.*', 'aol.*', 'samsung-email.*'] as const;

const stationery = openStationery(TEMPLATES);
const MAILS = [
  ['invitation', stationery.mail('invitation', invitation).html],
  ['acknowledgment', stationery.mail('acknowledgment', replyToAnswer).html],
  ['thank-you', stationery.mail('thank-you', { ...replyToAnswer, score: 9 }).html],
] satisfies [keyof MailData, string][];

/** What of a mail some client does not have at all, by caniemail.com. */
function lackedBySome(html: string): Set<string> {
  const { issues } = caniemail({ html, clients: [...CLIENTS] });
  return new Set([...issues.errors.values()].flat().map(({ title }) => title));
}

describe('the html of every mail', () => {
  it.each(MAILS)('of %s uses nothing a mail client lacks, unless it does without', (_template, html) => {
    expect([...lackedBySome(html)].filter((feature) => !(feature in CLIENT_GAPS))).toEqual([]);
  });

  it('still uses everything it says it does without', () => {
    const used = new Set(MAILS.flatMap(([, html]) => [...lackedBySome(html)]));
    expect(Object.keys(CLIENT_GAPS).filter((feature) => !used.has(feature))).toEqual([]);
  });

  it.each(MAILS)(
    'of %s is built for Word, in which Outlook draws: tables with attributes, in conditions that close',
    (_t, html) => {
      const opened = html.match(/<!--\[if mso\]>/g) ?? [];
      expect(html.match(/<!\[endif\]-->/g)).toHaveLength(opened.length);
      expect(opened.length).toBeGreaterThan(0);
      for (const [table] of html.matchAll(/<table\b[^>]*>/g)) {
        expect(table).toMatch(/role="presentation".* cellpadding="0" cellspacing="\d" border="0"/);
      }
      for (const [element] of html.matchAll(/<(?:td|table)\b[^>]*background-color:[^>]*>/g)) {
        expect(element).toMatch(/bgcolor="#[0-9a-f]{6}"/);
      }
    },
  );

  it.each(MAILS)('of %s needs nothing from the network: no image, script, font or stylesheet', (_template, html) => {
    expect(html).not.toMatch(/<(?:img|script|link|iframe|video|form|object)\b|url\(|@import|@font-face/);
  });
});
