import { beforeEach, describe, expect, it } from 'vitest';
import { OPT_OUT } from '../../src/loop/answer.ts';
import { type AskParts, sendMails } from '../../src/loop/ask.ts';
import { mailItem } from '../../src/loop/mail-order.ts';
import type { Invitation, MailOrder, ReplyToAnswer } from '../../src/loop/ports.ts';
import { utcDay } from '../../src/nps/days.ts';
import type { AnswerAtHand } from '../../src/nps/last-look.ts';
import { linkKeys } from '../../src/nps/link.ts';
import { SCORES } from '../../src/nps/score.ts';
import { contact, fakeOrg, trigger } from './fake-org.ts';
import { ACME, BOLT, fakePostbox, logBook, MINUTE_MS, movableClock, NOW, plainStationery } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

const surveyKey = 'ab'.repeat(32);
const links = linkKeys(['a secret of this season, long enough']);
const asked = {
  ...{ surveyKey, accountId: ACME, accountName: 'Acme', trigger: 'Pre_Renewal', language: 'en' },
  to: { name: 'Ann Lee', firstName: 'Ann', email: 'ann@acme.example' },
  from: { name: 'Cleo Sun', email: 'cleo@us.example' },
};
const invitation: MailOrder = { ...asked, template: 'invitation' };
const acknowledgment: MailOrder = {
  ...asked,
  template: 'acknowledgment',
  step: 'Acknowledge',
  orderedAt: NOW.toISOString(),
  answer: { score: 0, commented: false, actionsTaken: '' },
};

/** The answer that the acknowledgment is about, as Salesforce has it. */
const ANSWER: AnswerAtHand = {
  ...{ score: 0, counts: true, paused: false, stopped: false },
  ...{ email: 'Ann@Acme.example', optedOut: false, bounced: false },
};

function office(facts: Partial<AskParts> = {}) {
  const clock = movableClock();
  const postbox = fakePostbox();
  const spool = memorySpool(clock);
  const log = logBook();
  const org = fakeOrg(clock);
  org.answersAtHand = async () => new Map([[surveyKey, ANSWER]]);
  const parts = {
    ...{ clock, postbox, spool, log, links, org, stationery: plainStationery() },
    ...{ publicUrl: 'https://nps.us.example', mayBeMailed: () => true },
    senderDomains: async () => new Set(['us.example']),
    fallbackFrom: 'surveys@mail.us.example',
    replyAddress: () => null,
    isRefusedForGood: (error: unknown) => error instanceof Error && error.name === 'MailRefused',
    ...facts,
  };
  const work = async () => sendMails(await spool.claim('mail', 100), parts);
  const post = async (...orders: MailOrder[]) => {
    for (const { surveyKey: key, accountId } of orders) org.addSurvey(key, accountId, { status: 'Queued' });
    await spool.put(orders.map((order) => mailItem(order, clock.now())));
    await work();
  };
  return {
    ...{ clock, postbox, spool, log, org, post, work },
    receipts: () => spool.open('receipt').map((one) => one.payload),
  };
}

let desk = office();
beforeEach(() => {
  desk = office();
});

describe('an invitation', () => {
  it('comes from the CSM, and replies go there', async () => {
    await desk.post(invitation);
    expect(desk.postbox.accepted).toMatchObject([
      {
        key: `${surveyKey}:invitation`,
        from: asked.from,
        replyTo: asked.from,
        to: { name: 'Ann Lee', email: 'ann@acme.example' },
        customArgs: { survey_key: surveyKey, template: 'invitation' },
      },
    ]);
  });

  it("says the trigger's own words, with names in them", async () => {
    await desk.post(invitation);
    const said = JSON.parse(desk.postbox.accepted[0]?.text ?? '') as Invitation;
    expect(said).toMatchObject({ company: 'Northwind', subject: 'For Acme', contextSentence: 'Hello Ann.' });
  });

  it('has eleven links, 0 to 10, each of which stands for its number', async () => {
    await desk.post(invitation);
    const { scoreLinks } = JSON.parse(desk.postbox.accepted[0]?.text ?? '') as Invitation;
    expect(scoreLinks.map(({ score }) => score)).toEqual(SCORES);
    for (const { score, url } of scoreLinks) {
      const token = url.replace('https://nps.us.example/a/', '');
      expect(links.read(token, utcDay(NOW))).toEqual({
        link: {
          surveyKey,
          accountId: ACME,
          trigger: 'Pre_Renewal',
          language: 'en',
          choice: score,
          issuedOn: utcDay(NOW),
        },
      });
    }
  });

  it('can be left with one click, in its text and in its headers', async () => {
    await desk.post(invitation);
    const [letter] = desk.postbox.accepted;
    const { unsubscribeUrl } = JSON.parse(letter?.text ?? '') as Invitation;
    const token = unsubscribeUrl.replace('https://nps.us.example/u/', '');
    expect(links.read(token, utcDay(NOW))).toHaveProperty('link.choice', 'unsubscribe');
    expect(letter?.headers).toEqual({
      'List-Unsubscribe': `<${unsubscribeUrl}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it('leaves a receipt, and is one mail however often it is ordered', async () => {
    await desk.post(invitation);
    await desk.post(invitation);
    expect(desk.postbox.accepted).toHaveLength(1);
    expect(desk.receipts()).toEqual([
      {
        ...{ kind: 'mail-sent', template: 'invitation', surveyKey, sentAt: NOW.toISOString() },
        ...{ from: 'cleo@us.example', subject: 'invitation', subjectVariant: 'A' },
      },
    ]);
  });

  it('has the second subject in every other mail, where its trigger has one, and the receipt says so', async () => {
    const { org } = desk;
    org.triggersByName.set(
      'pre_renewal',
      trigger('Pre_Renewal', { secondSubject: 'Where do we stand, {{csm.name}}?' }),
    );
    await desk.post({ ...invitation, surveyKey: 'a0' }, { ...invitation, surveyKey: 'a1' });
    const subjects = desk.postbox.accepted.map(({ text }) => (JSON.parse(text) as Invitation).subject);
    expect(subjects).toEqual(['For Acme', 'Where do we stand, Cleo Sun?']);
    expect(desk.receipts()).toMatchObject([{ subjectVariant: 'A' }, { subjectVariant: 'B' }]);
  });
});

describe('the sender', () => {
  const surveys = 'surveys@mail.us.example';
  const elsewhere = async () => new Set(['mail.us.example']);

  it('is the CSM at the company from the fallback, where the own domain may not send, and the receipt says so', async () => {
    desk = office({ senderDomains: elsewhere });
    await desk.post(invitation, acknowledgment);
    const sender = { from: { name: 'Cleo Sun at Northwind', email: surveys }, replyTo: asked.from };
    expect(desk.postbox.accepted).toMatchObject([sender, sender]);
    expect(desk.receipts()).toMatchObject([{ from: surveys }, { from: surveys }]);
  });

  it('is missing without a fallback: the mail is not sent, and the reason says the way out', async () => {
    desk = office({ senderDomains: elsewhere, fallbackFrom: null });
    await desk.post(invitation);
    expect(desk.postbox.accepted).toEqual([]);
    const reason = expect.stringMatching(/us\.example is not authenticated.*MAIL_FALLBACK_FROM/);
    expect(desk.receipts()).toEqual([{ kind: 'mail-refused', template: 'invitation', surveyKey, reason }]);
  });

  it('is not guessed: while SendGrid cannot be asked, the mail waits', async () => {
    let answer: () => Promise<ReadonlySet<string>> = () => Promise.reject(new Error('503'));
    desk = office({ senderDomains: () => answer() });
    await desk.post(invitation);
    expect([desk.postbox.accepted, desk.receipts()]).toEqual([[], []]);
    answer = async () => new Set(['us.example']);
    desk.clock.advance(MINUTE_MS);
    await desk.work();
    expect(desk.postbox.accepted).toMatchObject([{ from: asked.from }]);
  });
});

describe('an invitation to somebody who opted out', () => {
  const optedOut = (contact: boolean, account: boolean) => ({ optOuts: { contact, account }, status: 'Queued' });

  it.each([
    [true, false, 'CONTACT_OPTED_OUT'],
    [false, true, 'ACCOUNT_OPTED_OUT'],
  ])('(contact %s, account %s) is not sent, and its survey says so', async (contact, account, code) => {
    desk.postbox.failures.push(new Error('503'), new Error('503'));
    await desk.post(invitation, acknowledgment);
    desk.org.addSurvey(surveyKey, ACME, optedOut(contact, account));
    desk.clock.advance(MINUTE_MS);
    await desk.work();
    expect(desk.postbox.accepted.map(({ subject }) => subject)).toEqual(['acknowledgment']);
    const reason = expect.stringContaining('opted out');
    expect(desk.receipts()).toContainEqual({ kind: 'withdrawn', surveyKey, code, reason });
    expect(desk.spool.open('mail')).toEqual([]);
  });

  it.each([
    [1, 1],
    [2, 0],
  ])('of all mail, told %i minutes after the decision, is asked anew and sent to %i', async (minutes, sent) => {
    desk.postbox.failures.push(new Error('503'));
    desk.org.addAccount(ACME, { contacts: [contact('Ann', { emailOptOut: true })] });
    await desk.post(invitation);
    desk.clock.advance(minutes * MINUTE_MS);
    await desk.work();
    expect(desk.postbox.accepted).toHaveLength(sent);
    const withdrawn = desk.receipts().filter(({ kind }) => kind === 'withdrawn');
    expect(withdrawn).toMatchObject(sent ? [] : [{ surveyKey, code: 'EMAIL_OPTED_OUT' }]);
  });

  it('waits while Salesforce was not told of the opt-out, and only for its own account', async () => {
    desk.org.addSurvey(surveyKey, ACME, { status: 'Queued' });
    desk.org.addSurvey('cd', BOLT, { status: 'Queued' });
    const optOut = { kind: 'opt-out' as const, surveyKey: 'ef' };
    await desk.spool.put([
      { lane: 'receipt', key: `${OPT_OUT}ef:1`, accountId: ACME, payload: optOut, dueAt: NOW },
      mailItem(invitation, NOW),
      mailItem({ ...invitation, surveyKey: 'cd', accountId: BOLT }, NOW),
    ]);
    await desk.work();
    expect(desk.postbox.accepted.map(({ customArgs }) => customArgs.survey_key)).toEqual(['cd']);
    expect(desk.spool.open('mail')).toMatchObject([{ attempts: 0 }]);
    await desk.spool.settle({ done: await desk.spool.claim('receipt', 10) });
    desk.org.addSurvey(surveyKey, ACME, optedOut(true, false));
    desk.clock.advance(MINUTE_MS);
    await desk.work();
    expect(desk.postbox.accepted).toHaveLength(1);
    expect(desk.receipts()).toContainEqual(expect.objectContaining({ kind: 'withdrawn', surveyKey }));
  });
});

describe('an invitation that is wanted no more', () => {
  it.each(['Cancelled', 'Deferred', 'Suppressed'])(
    'because its survey is %s is not sent, and says so',
    async (status) => {
      desk.postbox.failures.push(new Error('503'), new Error('503'));
      await desk.post(invitation, acknowledgment);
      desk.org.addSurvey(surveyKey, ACME, { status });
      desk.clock.advance(MINUTE_MS);
      await desk.work();
      expect(desk.postbox.accepted.map(({ subject }) => subject)).toEqual(['acknowledgment']);
      expect(desk.receipts()).toContainEqual({ kind: 'not-sent', surveyKey });
      expect(desk.spool.open('mail')).toEqual([]);
    },
  );

  it('can be ordered again if its survey is decided again', async () => {
    await desk.spool.put([mailItem(invitation, desk.clock.now())]);
    await desk.work();
    expect(desk.postbox.accepted).toEqual([]);
    await desk.post(invitation);
    expect(desk.postbox.accepted).toHaveLength(1);
  });

  it('or not, when Salesforce cannot be asked: it waits, and replies to answers do not', async () => {
    const { surveys } = desk.org;
    desk.org.surveys = () => Promise.reject(new Error('SERVER_UNAVAILABLE'));
    await desk.post(invitation, acknowledgment);
    expect(desk.postbox.accepted.map(({ subject }) => subject)).toEqual(['acknowledgment']);
    desk.org.surveys = surveys;
    desk.clock.advance(MINUTE_MS);
    await desk.work();
    expect(desk.postbox.accepted).toHaveLength(2);
  });
});

describe('a reply to an answer that has waited', () => {
  /** The provider is away for a minute, and then the answer is as told. */
  const afterAMinute = async (answer: AnswerAtHand | undefined, order: MailOrder = acknowledgment) => {
    desk.postbox.failures.push(new Error('503'));
    await desk.post(order);
    desk.org.answersAtHand = async () => new Map(answer ? [[surveyKey, answer]] : []);
    desk.clock.advance(MINUTE_MS);
    await desk.work();
    return desk.postbox.accepted.length;
  };

  it('leaves when nothing happened meanwhile', async () => {
    expect(await afterAMinute(ANSWER)).toBe(1);
  });

  it.each([
    ['the contact wants no more mails', { ...ANSWER, optedOut: true }],
    ['mail to the contact comes back', { ...ANSWER, bounced: true }],
    ['the contact has another address', { ...ANSWER, email: 'ann@home.example' }],
    ['the contact is gone', { ...ANSWER, email: null }],
    ['the answer is void', { ...ANSWER, counts: false }],
    ['the answer was corrected', { ...ANSWER, score: 5 as const }],
    ['the sequence was stopped', { ...ANSWER, stopped: true }],
    ['the sequence is paused', { ...ANSWER, paused: true }],
    ['the answer is gone', undefined],
  ])('does not leave when %s, and can be ordered again', async (_, answer) => {
    expect(await afterAMinute(answer)).toBe(0);
    expect([desk.spool.open('mail'), desk.receipts()]).toEqual([[], []]);
    desk.org.answersAtHand = async () => new Map([[surveyKey, ANSWER]]);
    await desk.post(acknowledgment);
    expect(desk.postbox.accepted).toHaveLength(1);
  });

  it.each([
    [{ paused: true, stopped: true }, 1],
    [{ optedOut: true }, 0],
  ])('and that a person asked for leaves %j %i times', async (facts, times) => {
    expect(await afterAMinute({ ...ANSWER, ...facts }, { ...acknowledgment, again: NOW.toISOString() })).toBe(times);
  });

  it('waits on while Salesforce cannot be asked, and is looked at then', async () => {
    desk.postbox.failures.push(new Error('503'));
    await desk.post(acknowledgment);
    desk.org.answersAtHand = () => Promise.reject(new Error('SERVER_UNAVAILABLE'));
    desk.clock.advance(MINUTE_MS);
    await desk.work();
    expect([desk.postbox.accepted, desk.spool.open('mail')]).toMatchObject([[], [{ reason: 'SERVER_UNAVAILABLE' }]]);
    desk.org.answersAtHand = async () => new Map([[surveyKey, { ...ANSWER, optedOut: true }]]);
    desk.clock.advance(10 * MINUTE_MS);
    await desk.work();
    expect([desk.postbox.accepted, desk.spool.open('mail')]).toEqual([[], []]);
  });

  it('because somebody of its account has just reported spam is held against what Salesforce says then', async () => {
    const optOut = { kind: 'opt-out' as const, surveyKey };
    const key = `${OPT_OUT}mail-event:1`;
    await desk.spool.put([{ lane: 'receipt', key, accountId: ACME, payload: optOut, dueAt: NOW }]);
    await desk.post(acknowledgment);
    expect(desk.postbox.accepted).toEqual([]);
    await desk.spool.settle({ done: await desk.spool.claim('receipt', 10) });
    desk.org.answersAtHand = async () => new Map([[surveyKey, { ...ANSWER, optedOut: true }]]);
    desk.clock.advance(3_000);
    await desk.work();
    expect([desk.postbox.accepted, desk.spool.open('mail')]).toEqual([[], []]);
  });

  it('costs no call where it leaves at once', async () => {
    desk.org.answersAtHand = () => Promise.reject(new Error('Nobody should ask.'));
    await desk.post(acknowledgment);
    expect(desk.postbox.accepted).toHaveLength(1);
  });
});

describe('a reply to an answer', () => {
  it('knows the score, a 0 too, and cannot be unsubscribed from', async () => {
    await desk.post(acknowledgment);
    const [letter] = desk.postbox.accepted;
    expect(JSON.parse(letter?.text ?? '') as ReplyToAnswer).toMatchObject({ score: 0, verbatimGiven: false });
    expect(letter?.headers).toEqual({});
  });

  it('is a mail of its own beside the invitation', async () => {
    await desk.post(invitation, acknowledgment);
    expect(desk.postbox.accepted.map(({ subject }) => subject).toSorted()).toEqual(['acknowledgment', 'invitation']);
  });
});

describe('a mail that cannot be sent', () => {
  it('for good is told to Salesforce with the reason, and not tried again', async () => {
    desk.postbox.failures.push(Object.assign(new Error('The from address is not verified.'), { name: 'MailRefused' }));
    await desk.post(invitation);
    desk.clock.advance(10 * MINUTE_MS);
    await desk.work();
    expect(desk.receipts()).toEqual([
      { kind: 'mail-refused', template: 'invitation', surveyKey, reason: 'The from address is not verified.' },
    ]);
    expect([desk.postbox.accepted, desk.spool.open('mail')]).toEqual([[], []]);
  });

  it('for now is tried again and then sent once', async () => {
    desk.postbox.failures.push(new Error('503'));
    await desk.post(invitation);
    expect(desk.spool.open('mail')).toMatchObject([{ attempts: 1, reason: '503' }]);
    expect(desk.receipts()).toEqual([]);
    desk.clock.advance(MINUTE_MS);
    await desk.work();
    expect(desk.postbox.accepted).toHaveLength(1);
  });

  it.each([
    ['cannot be used', trigger('Pre_Renewal', { problem: 'Its sentence is too long.' })],
    ['is gone', undefined],
  ])('because its trigger %s waits until that is mended', async (_, record) => {
    const { org } = desk;
    org.triggersByName.delete('pre_renewal');
    if (record) org.triggersByName.set('pre_renewal', record);
    await desk.post(invitation, acknowledgment);
    expect(desk.postbox.accepted.map(({ subject }) => subject)).toEqual(['acknowledgment']);
    org.triggersByName.set('pre_renewal', trigger('Pre_Renewal'));
    desk.clock.advance(MINUTE_MS);
    await desk.work();
    expect(desk.postbox.accepted.map(({ subject }) => subject)).toEqual(['acknowledgment', 'invitation']);
  });

  it('does not hold up the others', async () => {
    desk.postbox.failures.push(new Error('503'));
    const orders = Array.from({ length: 25 }, (_, index) => ({
      ...invitation,
      surveyKey: `${index}`.padStart(64, '0'),
    }));
    await desk.post(...orders);
    expect(desk.postbox.accepted).toHaveLength(24);
    expect(desk.spool.open('mail')).toHaveLength(1);
  });

  it('because its address is not on the allow-list never reaches the postbox', async () => {
    desk = office({ mayBeMailed: (email) => email !== 'ann@acme.example' });
    await desk.post(invitation, acknowledgment);
    expect(desk.postbox.accepted).toEqual([]);
    expect(desk.receipts()).toMatchObject([
      { kind: 'mail-refused', reason: expect.stringContaining('MAIL_ALLOWLIST') },
      { kind: 'mail-refused', template: 'acknowledgment' },
    ]);
  });

  it('is logged without the address of anybody', async () => {
    desk = office({ mayBeMailed: () => false });
    await desk.post(invitation);
    expect(desk.log.complaints()).toHaveLength(1);
    expect(JSON.stringify(desk.log.entries)).not.toMatch(/@|Ann/);
  });
});

describe('a renewal mail', () => {
  const renewal: MailOrder = { ...asked, trigger: 'Renewal_Mail', template: 'renewal', branch: 'Accomplishments' };
  const answers = (segment: 'Promoter' | 'Detractor') => ({
    answers: [{ contactId: 'Ann', segment, respondedAt: NOW, sequence: 'is over' as const }],
  });

  const post = async (facts: Parameters<typeof desk.org.addAccount>[1] = answers('Promoter')) => {
    const words = { accomplishments: 'You did it, {{account.name}}.', subject: 'Renewal of {{account.name}}' };
    desk.org.triggersByName.set('renewal_mail', trigger('Renewal_Mail', { kind: 'Renewal Mail', ...words }));
    desk.org.addAccount(ACME, facts);
    const survey = { status: 'Queued', trigger: 'Renewal_Mail', branch: 'Accomplishments' as const };
    desk.org.addSurvey(surveyKey, ACME, { ...survey, optOuts: { contact: true, account: true } });
    await desk.spool.put([mailItem(renewal, NOW)]);
    await desk.work();
  };

  it('says what its branch says, without a link and without unsubscribing from surveys', async () => {
    await post();
    const [letter] = desk.postbox.accepted;
    expect(letter).toMatchObject({
      subject: 'renewal-accomplishments',
      headers: {},
      from: asked.from,
      replyTo: asked.from,
    });
    expect(letter?.text).toContain('You did it, Acme.');
    expect(letter?.text).not.toMatch(/nps\.us\.example/);
    expect(letter).not.toHaveProperty('subjectVariant');
    expect(desk.receipts()).toMatchObject([{ kind: 'mail-sent', template: 'renewal', surveyKey }]);
  });

  it.each<[string, Parameters<typeof desk.org.addAccount>[1]]>([
    ['the account’s newest answer says something else', answers('Detractor')],
    ['the contact wants no mail at all', { ...answers('Promoter'), contacts: [contact('Ann', { emailOptOut: true })] }],
    ['the customer has left', { ...answers('Promoter'), churned: true }],
  ])('that waited until %s is decided again', async (_what, facts) => {
    await post(facts);
    expect(desk.postbox.accepted).toEqual([]);
    expect(desk.receipts()).toEqual([
      { kind: 'changed', surveyKey, at: NOW.toISOString(), reason: expect.stringMatching(/\.$/) },
    ]);
    expect(desk.spool.open('mail')).toEqual([]);
  });

  it('waits while its trigger cannot be used', async () => {
    await post();
    desk.org.triggersByName.set(
      'renewal_mail',
      trigger('Renewal_Mail', { kind: 'Renewal Mail', problem: 'No words.' }),
    );
    await desk.spool.put([mailItem({ ...renewal, surveyKey: 'cd' }, NOW)]);
    desk.org.addSurvey('cd', ACME, { status: 'Queued', trigger: 'Renewal_Mail', branch: 'Accomplishments' });
    await desk.work();
    expect(desk.postbox.accepted).toHaveLength(1);
    expect(desk.spool.open('mail')).toHaveLength(1);
  });
});
