import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { automaticBecause, type MailSigns } from '../../src/nps/automatic-mail.ts';
import { isConversation, withReply } from '../../src/nps/customer-reply.ts';
import { leadingScore } from '../../src/nps/leading-score.ts';
import { replyAddresses } from '../../src/nps/reply-address.ts';
import { type Response, withAnswer } from '../../src/nps/response.ts';

const SECRETS = ['newest secret of thirty-two letters', 'older secret of thirty-two letters.'] as const;
const surveyKey = fc.stringMatching(/^[0-9a-f]{64}$/);
const addresses = replyAddresses('Reply.Acme.example', [...SECRETS]);

describe('the address for replies', () => {
  it('carries the survey within the 64 characters a mailbox may have, whatever a mail server does to its case', () => {
    fc.assert(
      fc.property(surveyKey, (key) => {
        const address = addresses.addressFor(key) ?? '';
        expect(address.indexOf('@')).toBeLessThanOrEqual(64);
        expect(addresses.surveyKeyOf(address)).toBe(key);
        expect(addresses.surveyKeyOf(address.toUpperCase())).toBe(key);
      }),
    );
  });

  it('is known after the secret was replaced', () => {
    const before = replyAddresses('reply.acme.example', [SECRETS[1]]);
    const key = 'ab'.repeat(32);
    expect(addresses.surveyKeyOf(before.addressFor(key) ?? '')).toBe(key);
    expect(addresses.isDoor(before.door)).toBe(true);
    expect(before.isDoor(addresses.door)).toBe(false);
  });

  it('is nobody’s once a letter of it is changed, or at another domain', () => {
    fc.assert(
      fc.property(surveyKey, fc.nat({ max: 62 }), fc.constantFrom(...'abc234'), (key, place, letter) => {
        const address = addresses.addressFor(key) ?? '';
        const changed = address.slice(0, place) + letter + address.slice(place + 1);
        if (changed !== address) expect(addresses.surveyKeyOf(changed)).not.toBe(key);
        expect(addresses.surveyKeyOf(address.replace('@', '@evil.'))).toBeUndefined();
      }),
    );
  });

  it('is not there for a key that is no hash', () => {
    expect(addresses.addressFor('one')).toBeNull();
    expect(addresses.surveyKeyOf('jane@reply.acme.example')).toBeUndefined();
  });
});

describe('a reply begins with a score', () => {
  it.each([
    ['3', 3],
    ['10', 10],
    ['0', 0],
    ['3, because it is slow', 3],
    ['3 because it is slow', 3],
    ['9/10', 9],
    ['10/10!', 10],
    ['8 out of 10 - nice people', 8],
    ['7 von 10, weil es langsam ist', 7],
    ['  5.\nToo slow', 5],
    ['6. Too slow', 6],
    ['9!\n\nThanks', 9],
    ['4 – meh', 4],
    ['8: good', 8],
    ['6 points', 6],
  ])('"%s": %i', (reply, score) => {
    expect(leadingScore(reply)).toBe(score);
  });

  it.each([
    '',
    'Hello',
    'I give you a 9',
    '11',
    '100',
    '10.5 of 10',
    '2 things annoy me',
    '3 weeks ago we wrote',
    '7:30 works for me',
    '8-9 I would say',
    '5% is all we use',
    '1. The app is slow\n2. Nobody calls',
    '2026 was good',
    '-3',
    '4th time I write',
  ])('not in "%s"', (reply) => {
    expect(leadingScore(reply)).toBeUndefined();
  });
});

describe('a mail is automatic', () => {
  const mail = (headers: Record<string, string>, more: Partial<MailSigns> = {}): MailSigns => ({
    headers: new Map(Object.entries(headers)),
    ...{ returnPath: 'ann@acme.example', from: 'Ann Lee <ann@acme.example>', subject: 'Re: How likely' },
    ...more,
  });

  it.each<[string, MailSigns]>([
    ['by RFC 3834', mail({ 'auto-submitted': 'auto-replied' })],
    ['by its precedence', mail({ precedence: 'auto_reply' })],
    ['by a header of Exim and others', mail({ 'x-autoreply': 'yes' })],
    ['as a bounce', mail({ 'content-type': 'multipart/report; report-type=delivery-status' })],
    ['without a return path', mail({}, { returnPath: '' })],
    ['from a mail server', mail({}, { from: 'MAILER-DAEMON@mx.acme.example' })],
    ['by its English subject', mail({}, { subject: 'Automatic reply: How likely' })],
    ['by its German subject', mail({}, { subject: 'Abwesenheitsnotiz: Kurze Frage' })],
    ['by its French subject', mail({}, { subject: 'Réponse automatique : Question' })],
    ['from a mailing list', mail({ 'list-id': '<all.acme.example>' })],
  ])('%s', (_, signs) => {
    expect(automaticBecause(signs)).toBeTypeOf('string');
  });

  it.each<[string, MailSigns]>([
    ['an ordinary reply', mail({})],
    ['one that says so', mail({ 'auto-submitted': 'no' })],
    // Outlook sets it on ordinary mails, to have no automatic reply to them.
    ['one that asks for no automatic reply', mail({ 'x-auto-response-suppress': 'All' })],
    ['one whose return path nobody tells', mail({}, { returnPath: null })],
    ['one about an absence', mail({}, { subject: 'Re: your out of office rules' })],
  ])('but not %s', (_, signs) => {
    expect(automaticBecause(signs)).toBeUndefined();
  });
});

describe('a reply', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 18, 12, 0, second));
  const given = (facts: Partial<Response> = {}) => ({
    ...withAnswer(undefined, { score: 3, verbatim: 'Slow', evidence: 'gesture', answeredAt: at(0) }),
    ...facts,
  });

  it('stands below the comment, once', () => {
    const reply = { text: 'And dear', score: null, at: at(9) };
    const once = withReply(given(), reply);
    expect(once).toMatchObject({ verbatim: 'Slow\n\nAnd dear', score: 3, correctedAt: null });
    expect(withReply(once, reply)).toEqual(once);
  });

  it('that begins with a score corrects the answer, confirmed', () => {
    const reply = { text: '9, all fixed', score: 9 as const, at: at(9) };
    const corrected = withReply(given({ verdict: 'Provisional' }), reply);
    expect(corrected).toMatchObject({ score: 9, previousScore: 3, verdict: 'Confirmed', correctedAt: at(9) });
    expect(withReply(corrected, reply)).toEqual(corrected);
  });

  it('answers a survey nobody answered, if it begins with a score', () => {
    expect(withReply(undefined, { text: '8', score: 8, at: at(9) })).toMatchObject({ score: 8, verdict: 'Confirmed' });
    expect(withReply(undefined, { text: 'Call me', score: null, at: at(9) })).toBeUndefined();
  });

  it('begins a conversation, unless it is the answer', () => {
    expect(isConversation(given(), { at: at(9) })).toBe(true);
    expect(isConversation(given({ respondedAt: at(9) }), { at: at(9) })).toBe(false);
    expect(isConversation(undefined, { at: at(9) })).toBe(false);
  });

  it('never loses what was said before, in whatever order replies come', () => {
    const text = fc.stringMatching(/^[a-z]{1,9}( [a-z]{1,9}){0,4}$/);
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 5 }), (texts) => {
        const end = texts.reduce<Response | undefined>(
          (response, one) => withReply(response, { text: one, score: null, at: at(9) }),
          given(),
        );
        for (const one of ['Slow', ...texts]) expect(end?.verbatim.split('\n\n')).toContain(one);
      }),
    );
  });
});
