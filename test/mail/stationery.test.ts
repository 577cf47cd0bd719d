import { describe, expect, it } from 'vitest';
import { openStationery } from '../../src/mail/stationery.ts';
import { ASK_CODES, ASKS, type Ask } from '../../src/nps/advocacy.ts';
import { RENEWAL_TEMPLATES } from '../../src/nps/renewal.ts';
import { STEP_MAILS } from '../../src/nps/steps/mail.ts';
import { wordCount } from '../../src/nps/words.ts';
import { invitation, renewalMail, replyToAnswer } from './letters.ts';

const stationery = openStationery(new URL('../../templates', import.meta.url).pathname);

const asking = (ask: Ask) => {
  const group = `ask-${ASK_CODES[ask]}`;
  return { sentence: `${group}.sentence`, link: `${group}.link`, url: `https://nps.example.com/p/${ASK_CODES[ask]}` };
};

const numberedLinks = (html: string) => [...html.matchAll(/<a [^>]*href="([^"]+)"[^>]*>(\d+)<\/a>/g)];

describe('the invitation', () => {
  const mail = stationery.mail('invitation', invitation);

  it('has fewer than 80 words in its text part, greeting, signature and unsubscribe line included', () => {
    expect(wordCount(mail.text)).toBeLessThan(80);
    expect(mail.text).toContain('Hi Dana,');
    expect(mail.text).toContain('Mira Lindqvist\nNorthwind');
    expect(mail.text).toContain(`Unsubscribe from surveys: ${invitation.unsubscribeUrl}`);
  });

  it('asks the standard question and says what the ends of the scale mean, in both parts', () => {
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('How likely are you to recommend Northwind to a friend or colleague?');
      expect(part).toContain(invitation.contextSentence);
      expect(part).toContain('0 = not likely');
      expect(part).toContain('10 = very likely');
    }
  });

  it('has eleven links in its html whose text is the bare number and whose address is that number’s', () => {
    expect(numberedLinks(mail.html).map(([, url, number]) => ({ url, score: Number(number) }))).toEqual(
      invitation.scoreLinks.map(({ url, score }) => ({ url, score })),
    );
  });

  it('ends with where the company can be written to, if an admin says where', () => {
    const address = 'Northwind Ltd, 12 Harbour Street, Bristol BS1 4QA, United Kingdom';
    expect(mail.text.trim().endsWith(`\n${address}`)).toBe(true);
    expect(mail.html).toContain(address);
    const { text } = stationery.mail('invitation', { ...invitation, postalAddress: '' });
    expect(text.trim().endsWith(`Unsubscribe from surveys: ${invitation.unsubscribeUrl}`)).toBe(true);
  });

  it('has eleven numbered links in its text part', () => {
    expect(mail.text.match(/^\d+: https:\S+$/gm)).toEqual(
      invitation.scoreLinks.map(({ score, url }) => `${score}: ${url}`),
    );
  });

  it('stays under 20 KB with links of 150 characters, without a single image', () => {
    expect(Buffer.byteLength(mail.html)).toBeLessThan(20 * 1024);
    expect(mail.html).not.toMatch(/<img|background-image|url\(/);
  });

  it('tells mail clients that it has a dark side', () => {
    expect(mail.html).toContain('<meta name="color-scheme" content="light dark">');
    expect(mail.html).toContain('prefers-color-scheme: dark');
  });

  it('greets a contact without a first name', () => {
    const { text } = stationery.mail('invitation', { ...invitation, contact: { firstName: '', name: 'Osei' } });
    expect(text).toMatch(/^Hello,\n/);
  });
});

describe('the replies to an answer', () => {
  it.each(STEP_MAILS)('%s ends with the postal address where the settings give one', (template) => {
    const { html, text } = stationery.mail(template, replyToAnswer);
    expect(html).toContain('12 Harbour Street');
    expect(text).toContain('12 Harbour Street');
    expect(stationery.mail(template, { ...replyToAnswer, postalAddress: '' }).html).not.toContain('12 Harbour Street');
  });

  it('ask a detractor what could have been better, and nothing about the score', () => {
    const mail = stationery.mail('acknowledgment', replyToAnswer);
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('What could we have done better?');
      expect(part).toContain('Your comment has reached me');
      expect(part).not.toMatch(/reconsider|change your score|unsubscribe/i);
      expect(part).not.toMatch(/https?:/);
    }
  });

  it('tell whoever is very unhappy that we are sorry, and ask what went wrong', () => {
    const mail = stationery.mail('acknowledgment-grave', { ...replyToAnswer, score: 1 });
    expect(mail.subject).toBe('I am sorry we let you down');
    expect(mail.text).toContain('A 1 out of 10 tells me');
    expect(mail.text.match(/\?/g)).toHaveLength(1);
    expect(mail.text).toContain('What went wrong?');
  });

  it('mention a comment only when there was one', () => {
    for (const template of ['acknowledgment', 'acknowledgment-grave', 'thank-you'] as const) {
      const mail = stationery.mail(template, { ...replyToAnswer, verbatimGiven: false });
      expect(mail.text + mail.html).not.toMatch(/comment/i);
    }
  });

  it('name a score of 0 as they name any other', () => {
    expect(stationery.mail('acknowledgment', { ...replyToAnswer, score: 0 }).text).toContain('A 0 out of 10');
  });

  it('thank a promoter and, where nothing is left to ask, ask for nothing', () => {
    const mail = stationery.mail('thank-you', { ...replyToAnswer, score: 9, ask: null });
    expect(mail.subject).toBe('Thank you, Dana');
    expect(mail.text).toContain('Thank you for your 9 out of 10');
    expect(mail.text + mail.html).not.toMatch(/review|recommend|\?|https?:/);
  });

  describe.each(stationery.languages)('in %s', (language) => {
    it.each(ASKS)('a thank-you asks for one thing, with one link: %s', (ask) => {
      const mail = stationery.mail('thank-you', { ...replyToAnswer, language, score: 9, ask: asking(ask) });
      expect(mail.html.match(/href="([^"]+)"/g)).toEqual([`href="${asking(ask).url}"`]);
      expect(mail.text.match(/https:\S+/g)).toEqual([asking(ask).url]);
      expect(mail.text.match(/\?/g)).toHaveLength(1);
    });

    it('the question to a Passive comes with five links, whose words are the choices', () => {
      const mail = stationery.mail('make-us-a-ten', { ...replyToAnswer, language, score: 8 });
      const links = [...mail.html.matchAll(/<a [^>]*href="([^"]+)"[^>]*><span[^>]*>([^<]+)<\/span><\/a>/g)];
      expect(links.map(([, url, text]) => ({ url, text, language: 'en' }))).toEqual(replyToAnswer.choices);
      for (const { text, url } of replyToAnswer.choices) expect(mail.text).toContain(`${text}: ${url}`);
    });

    it.each(['exists', 'planned', 'considered'])('what is said of a choice that %s names it', (status) => {
      const choice = { ...replyToAnswer.choice, sentence: `about-your-choice.${status}` };
      const { text, subject } = stationery.mail('about-your-choice', { ...replyToAnswer, language, choice });
      for (const part of [text, subject]) expect(part).toContain('Faster support');
      expect(text).toContain('https://northwind.example/chat');
      expect(wordCount(text)).toBeLessThan(80);
    });

    it('who chose nothing is told of no choice', () => {
      const nothing = { label: { text: '', language: '' }, sentence: 'about-your-choice.none', more: null, url: '' };
      const { text, html } = stationery.mail('about-your-choice', { ...replyToAnswer, language, choice: nothing });
      expect(text + html).not.toMatch(/chosen|told me|gewählt|gesagt|https?:/);
      expect(text).toContain('?');
    });

    it('who followed an ask is thanked, with an offer only where there is one', () => {
      const offered = stationery.mail('ask-thanks', { ...replyToAnswer, language });
      expect(offered.text).toContain('Early access to our next release');
      const plain = stationery.mail('ask-thanks', { ...replyToAnswer, language, offer: null });
      expect(plain.text).not.toContain('Early access');
      expect(plain.html).not.toContain('href');
    });
  });
});

describe('the renewal mails', () => {
  it.each(Object.values(RENEWAL_TEMPLATES))(
    '%s asks for no score, has no link and ends with the address',
    (template) => {
      const { html, text, subject } = stationery.mail(template, renewalMail);
      expect(subject).toBe('Your renewal with Northwind');
      for (const part of [html, text]) {
        expect(part).toContain(renewalMail.contextSentence.text);
        expect(part).toContain('12 Harbour Street');
        expect(part).not.toMatch(/https?:|likely|unsubscribe/i);
      }
    },
  );

  it('tell promoters alone what was achieved, and say nothing about a score anybody gave', () => {
    const told = Object.entries(RENEWAL_TEMPLATES).filter(([, template]) =>
      stationery.mail(template, renewalMail).text.includes(renewalMail.accomplishments.text),
    );
    expect(told.map(([branch]) => branch)).toEqual(['Accomplishments']);
  });
});

describe('hostile names', () => {
  const hostile = `<script>alert("x")</script> & 'O’Brien'\r\nBcc: all@example.com\u202Egnp.exe\u0000 ${'n'.repeat(255)}`;
  const mail = stationery.mail('invitation', {
    ...invitation,
    subject: `For ${hostile}`,
    company: hostile,
    contact: { firstName: hostile, name: hostile },
    csm: { name: hostile, email: 'mira@northwind.example', phone: hostile },
  });

  it('cannot start a header line in the subject', () => {
    expect(mail.subject).not.toMatch(/\p{Cc}|\u202e/u);
    expect(mail.subject).toContain("& 'O’Brien' Bcc: all@example.com");
  });

  it('are text in the html part and themselves in the text part', () => {
    expect(mail.html).not.toContain('<script>');
    expect(mail.html).toContain('&lt;script&gt;');
    expect(numberedLinks(mail.html)).toHaveLength(11);
    expect(mail.text).toContain(`Hi <script>alert("x")</script> & 'O’Brien' Bcc: all@example.com gnp.exe`);
  });
});

describe('rendering', () => {
  it('refuses a template it does not have, by name', () => {
    expect(() => stationery.page('brochure', { language: 'en' })).toThrow('There is no template "brochure"');
  });

  it('refuses data that lacks what a template names', () => {
    const { contextSentence, ...rest } = invitation;
    expect(contextSentence).toBeDefined();
    expect(() => stationery.mail('invitation', rest as typeof invitation)).toThrow(/contextSentence/);
  });
});
