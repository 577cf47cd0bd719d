import fc from 'fast-check';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oneLine } from '../../src/mail/one-line.ts';
import { connectSendGrid } from '../../src/mail/sendgrid.ts';
import { openStationery } from '../../src/mail/stationery.ts';
import { merge } from '../../src/nps/merge-fields.ts';
import type { StoredMail } from '../../src/sandbox/sendgrid/mail-store.ts';
import { chromiumPath, launchChromium, needsChromium } from '../support/chromium.ts';
import { openTestSandbox, type TestSandbox } from '../support/sandbox.ts';
import { invitation } from './letters.ts';
import { TEMPLATES } from './own-language.ts';

const CONTACTS = 1000;
const AT_ONCE = 20;
const LONGEST_NAME = 255;
/** Line ends, control characters and marks that turn the text around them. */
const UNFIT = /[\p{Cc}\u2028\u2029\u200f\u202a-\u202e\u2066-\u2069]/u;
/** The same every time, so that a name that breaks something can be looked at. */
const SEED = 5;

/** What people, importers and attackers put into names. */
const anyName = fc
  .array(
    fc.oneof(
      fc.constantFrom('<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</td></table>', '<!--', ']]>'),
      fc.constantFrom('"', "'", '`', '\\', '&', '&amp;', '&#0;', '<', '>', '=', ',', ';', ':', '@', '(', ')'),
      fc.constantFrom('\n', '\r\n', '\t', '\0', '\u2028', '\u0085', '\r\nBcc: all@example.com', '\n\n<p>'),
      fc.constantFrom(
        '\u202e',
        '\u200f',
        '\u2066',
        '\u061c',
        '\ufeff',
        '\ud800',
        'שלום',
        'مرحبا',
        '日本',
        '👩‍👩‍👧',
        'ﬁ',
        'é',
      ),
      fc.constantFrom('{{csm.email}}', '{{{company}}}', '-company-', '<%name%>', '$&', '%0d%0a', '=?utf-8?b?eA==?='),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('n'.repeat(LONGEST_NAME), 'Dana', 'O’Neill', 'de Vries'),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((parts) => parts.join('').slice(0, LONGEST_NAME));

/** Of `Jane Doe <jane@customer.example>`, whatever Jane's name is. */
const addressOf = (person: string) => /<([^<>]*)>$/.exec(person)?.[1] ?? person;

interface Read {
  greeting: string;
  links: [string, string][];
  strangers: number;
}

describe.skipIf(chromiumPath === undefined)(`a mail to 1,000 contacts with hostile names${needsChromium}`, () => {
  const stationery = openStationery(TEMPLATES);
  const people = fc
    .sample(fc.record({ first: anyName, last: anyName, account: anyName, csm: anyName }), {
      numRuns: CONTACTS,
      seed: SEED,
    })
    .map((names, index) => ({ ...names, email: `contact.${index}@customer.example` }));
  let sandbox: TestSandbox;
  let browser: Browser;
  let delivered: ReadonlyMap<string, StoredMail>;

  beforeAll(async () => {
    [sandbox, browser] = await Promise.all([openTestSandbox({ seed: 'empty-company' }), launchChromium()]);
    const { SENDGRID_API_KEY: apiKey = '', SENDGRID_BASE_URL: baseUrl = '' } = sandbox.environment;
    const postbox = connectSendGrid({ apiKey, baseUrl });
    for (let start = 0; start < people.length; start += AT_ONCE) {
      await Promise.all(people.slice(start, start + AT_ONCE).map((person) => postbox.send(letterTo(person))));
    }
    const messages = await sandbox.messages();
    delivered = new Map(messages.map((mail) => [addressOf(mail.to), mail]));
  });
  afterAll(() => Promise.all([sandbox.close(), browser.close()]));

  function letterTo({ first, last, account, csm, email }: (typeof people)[number]) {
    const facts = {
      ...invitation,
      account: { name: account },
      contact: { firstName: first, name: `${first} ${last}` },
      csm: { name: csm, email: 'mira@northwind.example', phone: '' },
    };
    const from = { name: csm, email: 'mira@northwind.example' };
    return {
      ...{ key: email, from, replyTo: from, to: { name: `${first} ${last}`, email } },
      ...stationery.mail('invitation', {
        ...facts,
        subject: merge('For {{contact.firstName}} at {{account.name}}', facts),
        contextSentence: merge('It is six weeks since {{account.name}} began.', facts),
      }),
      headers: { 'List-Unsubscribe': `<${invitation.unsubscribeUrl}>` },
      customArgs: { survey_key: email },
    };
  }

  const greetingOf = (first: string) => (oneLine(first) === '' ? 'Hello,' : `Hi ${oneLine(first)},`);
  const mailTo = (email: string) => {
    const mail = delivered.get(email);
    if (!mail) throw new Error(`Nothing was delivered to ${email}.`);
    return mail;
  };

  it('reaches every one of them once, and nobody else', async () => {
    const addresses = (await sandbox.messages()).map(({ to }) => addressOf(to));
    expect(addresses.toSorted()).toEqual(people.map(({ email }) => email).toSorted());
  });

  it('has one line of subject, one of each person, and headers that are ours', () => {
    for (const { first, account, email } of people) {
      const { subject, headers, from, to, replyTo } = mailTo(email);
      expect([from, to, replyTo].join()).not.toMatch(UNFIT);
      expect(addressOf(from)).toBe('mira@northwind.example');
      expect(subject).toBe(oneLine(`For ${first} at ${account}`));
      expect(subject).not.toMatch(UNFIT);
      expect(headers).toEqual({ 'List-Unsubscribe': `<${invitation.unsubscribeUrl}>` });
    }
  });

  it('greets by the name in its text part, with eleven links and one to unsubscribe', () => {
    for (const { first, email } of people) {
      const lines = (mailTo(email).text ?? '').split('\n');
      expect(lines[0]).toBe(greetingOf(first));
      expect(lines.filter((line) => /^\d+: https:\S+$/.test(line))).toEqual(
        invitation.scoreLinks.map(({ score, url }) => `${score}: ${url}`),
      );
    }
  });

  it('is drawn with the name as text, its links whole, and nothing else in it', async () => {
    const page = await browser.newPage();
    const htmls = people.map(({ email }) => mailTo(email).html ?? '');
    const read = await page.evaluate<Read[]>(`${JSON.stringify(htmls)}.map((html) => {
      const mail = new DOMParser().parseFromString(html, 'text/html');
      return {
        greeting: mail.querySelector('p').textContent,
        links: [...mail.querySelectorAll('a')].map((link) => [link.textContent, link.getAttribute('href')]),
        strangers: mail.querySelectorAll('script, img, svg, iframe, object, [onerror], [onload]').length,
      };
    })`);
    const links = invitation.scoreLinks.map(({ score, url }) => [`${score}`, url]);
    for (const [index, { first }] of people.entries()) {
      expect(read[index]).toEqual({
        greeting: greetingOf(first),
        links: [...links, ['Unsubscribe from surveys', invitation.unsubscribeUrl]],
        strangers: 0,
      });
    }
  });
});
