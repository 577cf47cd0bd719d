import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { domainOf, type SenderFacts, senderFor, unfitToSend } from '../../src/nps/sender.ts';

const jane = { name: 'Jane Doe', email: 'jane@acme.example' };
const facts: SenderFacts = {
  csm: jane,
  company: 'Acme',
  authenticated: new Set(['acme.example', 'mail.acme.example']),
  fallback: 'surveys@mail.acme.example',
};
const janeAtAcme = { name: 'Jane Doe at Acme', email: 'surveys@mail.acme.example' };
const from = (email: string) => ({ ...facts, csm: { ...jane, email } });

describe('a mail comes from', () => {
  it.each<[string, SenderFacts, ReturnType<typeof senderFor>]>([
    ['the CSM, where the domain is authenticated', facts, { from: jane, replyTo: jane }],
    [
      'the CSM, however the address is written',
      from('Jane@ACME.example'),
      { from: { ...jane, email: 'Jane@ACME.example' }, replyTo: { ...jane, email: 'Jane@ACME.example' } },
    ],
    [
      'the CSM at the company from the fallback, where it is not, and replies go to the CSM',
      { ...facts, authenticated: new Set() },
      { from: janeAtAcme, replyTo: jane },
    ],
    [
      'the fallback for a domain below an authenticated one, for which SendGrid does not sign',
      from('jane@eu.acme.example'),
      { from: janeAtAcme, replyTo: { ...jane, email: 'jane@eu.acme.example' } },
    ],
    [
      'the fallback for a private mailbox, even one that claims to be authenticated',
      { ...from('jane@gmail.com'), authenticated: new Set(['gmail.com']) },
      { from: janeAtAcme, replyTo: { ...jane, email: 'jane@gmail.com' } },
    ],
    [
      'the fallback, replies too, where the address leads nowhere',
      from('jane@acme.example.invalid'),
      { from: janeAtAcme, replyTo: janeAtAcme },
    ],
    [
      'the fallback with the bare name, while nobody knows what the company is called',
      { ...facts, authenticated: new Set(), company: '' },
      { from: { ...janeAtAcme, name: 'Jane Doe' }, replyTo: jane },
    ],
  ])('%s', (_, given, expected) => {
    expect(senderFor(given)).toEqual(expected);
  });
});

describe('nobody sends', () => {
  it.each([
    ['from another domain without a fallback', 'jane@other.example', null, 'other.example is not authenticated'],
    ['from a private mailbox without a fallback', 'jane@gmail.com', null, 'gmail.com is a provider'],
    ['from .invalid without a fallback', 'jane@acme.example.invalid', null, '.invalid lead nowhere'],
    ['from a fallback that is a private mailbox', 'jane@other.example', 'acme@gmx.de', 'MAIL_FALLBACK_FROM'],
    ['from a fallback in .invalid', 'jane@other.example', 'acme@acme.invalid', 'MAIL_FALLBACK_FROM'],
  ])('%s, and the reason says the way out without the address', (_, email, fallback, words) => {
    const sender = senderFor({ ...from(email), fallback });
    expect(sender).toEqual({ problem: expect.stringContaining(words) });
    expect(sender).toEqual({ problem: expect.not.stringContaining('@') });
  });
});

const address = fc.oneof(
  fc.emailAddress(),
  fc.constantFrom('jane@acme.example', 'jane@gmail.com', 'a@b.invalid', 'nobody', ''),
);

describe('whatever the addresses', () => {
  it('a mail comes from an authenticated domain or the fallback, and never from an address unfit to send', () => {
    fc.assert(
      fc.property(address, fc.option(address), fc.array(fc.domain()), (email, fallback, domains) => {
        const authenticated = new Set(domains.map((domain) => domain.toLowerCase()));
        const sender = senderFor({ ...from(email), fallback, authenticated });
        if ('problem' in sender) return;
        expect(unfitToSend(sender.from.email)).toBeUndefined();
        expect(sender.from.email === fallback || authenticated.has(domainOf(sender.from.email))).toBe(true);
        expect(sender.replyTo.email.toLowerCase()).not.toMatch(/\.invalid$/);
      }),
    );
  });
});
