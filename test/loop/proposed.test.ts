import { beforeEach, describe, expect, it } from 'vitest';
import type { MailOrder } from '../../src/loop/ports.ts';
import { type Advocacy, type Ask, NO_ASKS } from '../../src/nps/advocacy.ts';
import { NOTHING_TO_OFFER, type Offerings } from '../../src/nps/offerings.ts';
import { answering } from './answering.ts';
import { ACME, DAY_MS } from './fakes.ts';

let stage: ReturnType<typeof answering>;

const offering = (facts: Partial<Offerings> = {}): Offerings => ({
  ...NOTHING_TO_OFFER,
  destinations: new Map<Ask, string | null>([
    ['G2 Review', 'https://g2.example'],
    ['Case Study', null],
    ['Referral', null],
  ]),
  ...facts,
});

const ben = { id: 'Ben', name: 'Ben', firstName: 'Ben', email: 'b@acme.example', timeZone: null };

beforeEach(() => {
  stage = answering();
  stage.org.offers = offering();
  stage.org.addSurvey('one', ACME);
});

const orders = () => stage.spool.open('mail').map(({ payload }) => payload);
const asks = () => orders().map((order: MailOrder) => ('ask' in order ? order.ask : undefined));

/** The mails of the lane left, and Salesforce was told. */
async function mailsLeft() {
  for (const { payload } of await stage.spool.claim('mail', 10)) {
    const response = stage.org.responses.get(payload.surveyKey);
    if (!response || !('step' in payload)) continue;
    const at = stage.clock.now();
    const done = [...response.course.done, { step: payload.step, at }];
    const asked = payload.ask ? [{ ask: payload.ask, what: 'asked' as const, at }] : [];
    const advocacy = { ...response.advocacy, log: [...response.advocacy.log, ...asked] };
    stage.org.responses.set(payload.surveyKey, { ...response, advocacy, course: { ...response.course, done } });
  }
}

const know = (facts: Partial<Advocacy>) => {
  const response = stage.org.responses.get('one');
  if (response) stage.org.responses.set('one', { ...response, advocacy: { ...response.advocacy, ...facts } });
};
const afterDays = async (days: number) => {
  stage.clock.advance(days * DAY_MS);
  await stage.review('one');
};

describe('the thank-you of a promoter', () => {
  it('asks for the first thing that leads somewhere', async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    expect(asks()).toEqual(['G2 Review']);
  });

  it('takes turns within the account', async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    await mailsLeft();
    stage.org.addSurvey('two', ACME, { contact: ben });
    await stage.give({ surveyKey: 'two', score: 10 });
    expect(asks()).toContain('Case Study');
  });

  it.each([
    ['in the same moment', 1],
    ['before the first mail has left', 2],
  ])('takes turns when two of the account answer %s', async (_, writes) => {
    stage.org.addSurvey('two', ACME, { contact: ben });
    const answers = [
      { surveyKey: 'one', score: 9 as const },
      { surveyKey: 'two', score: 10 as const },
    ];
    if (writes === 1) await stage.give(...answers);
    else for (const answer of answers) await stage.give(answer);
    expect(stage.org.changesWritten).toHaveLength(writes);
    expect(asks()).toEqual(['G2 Review', 'Case Study']);
  });

  it('asks for what was chosen, however often it is ordered, and whatever was chosen for others since', async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    stage.org.addSurvey('two', ACME, { contact: ben });
    await stage.give({ surveyKey: 'two', score: 10 });
    await stage.spool.settle({ dropped: await stage.spool.claim('mail', 10) });
    await stage.review('one');
    expect(asks()).toEqual(['G2 Review']);
  });

  it('only thanks when nothing is left to ask', async () => {
    stage.org.offers = NOTHING_TO_OFFER;
    await stage.give({ surveyKey: 'one', score: 9 });
    expect(orders()).toMatchObject([{ template: 'thank-you' }]);
    expect(asks()).toEqual([undefined]);
  });
});

describe('a week after it', () => {
  beforeEach(async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    await mailsLeft();
    await stage.review('one');
  });

  it('a reminder asks for the same, when nothing came of it', async () => {
    await afterDays(7);
    expect(orders()).toContainEqual(expect.objectContaining({ template: 'ask-reminder', ask: 'G2 Review' }));
  });

  it.each([
    ['it was followed', { log: [{ ask: 'G2 Review', what: 'followed', at: new Date(0) }] }],
    ['the CSM says it is done', { completed: 'G2 Review' }],
  ] as [string, Partial<Advocacy>][])('a thank-you comes instead, when %s', async (_, facts) => {
    know(facts);
    await afterDays(7);
    expect(orders().map(({ template }) => template)).toContain('ask-thanks');
    expect(orders().map(({ template }) => template)).not.toContain('ask-reminder');
    await mailsLeft();
    await afterDays(7);
    expect(orders().map(({ template }) => template)).not.toContain('referral');
  });

  it('nothing comes when nothing was asked', async () => {
    know(NO_ASKS);
    await afterDays(7);
    await afterDays(7);
    expect(orders().map(({ template }) => template)).toEqual(['thank-you']);
  });
});

describe('two weeks after it', () => {
  const untilThen = async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    await mailsLeft();
    await stage.review('one');
    await afterDays(7);
    await mailsLeft();
    await afterDays(7);
  };
  const templates = () => orders().map(({ template }) => template);

  it('a referral is asked for instead of what was left open', async () => {
    await untilThen();
    expect(orders()).toContainEqual(expect.objectContaining({ template: 'referral', ask: 'Referral' }));
  });

  it.each([
    [
      'the settings do not want it',
      () => (stage.org.offers = offering({ destinations: new Map([['G2 Review', 'x']]) })),
    ],
    [
      'somebody at the account referred us already',
      () => {
        const one = stage.org.responses.get('one');
        if (one)
          stage.org.responses.set('old', {
            ...one,
            key: 'old',
            id: 'old',
            advocacy: { log: [], completed: 'Referral' },
          });
      },
    ],
  ])('none is when %s', async (_, happens) => {
    await stage.give({ surveyKey: 'one', score: 9 });
    happens();
    await untilThen();
    expect(templates()).not.toContain('referral');
  });

  it('none is when the contact opted out meanwhile', async () => {
    await stage.give({ surveyKey: 'one', score: 9 });
    await mailsLeft();
    await stage.review('one');
    stage.org.contactsOut.add('Ann');
    await afterDays(7);
    await afterDays(7);
    expect(templates()).toEqual(['thank-you']);
    expect(stage.org.responses.get('one')?.course.stopped).toContain('no more mails');
  });
});

describe('a passive', () => {
  const chosen = { choice: 'Reliability', at: new Date(0) };
  const start = async () => {
    await stage.give({ surveyKey: 'one', score: 8 });
    await afterDays(1);
    await mailsLeft();
    await stage.review('one');
  };
  const choose = () => {
    const response = stage.org.responses.get('one');
    if (response) stage.org.responses.set('one', { ...response, chosen });
  };

  it('who chose hears what became of the choice: a choice is no reply', async () => {
    await start();
    choose();
    await afterDays(6);
    expect(orders()).toContainEqual(expect.objectContaining({ template: 'about-your-choice', choice: 'Reliability' }));
    expect(stage.org.responses.get('one')?.course.stopped).toBeNull();
  });

  it('who chose nothing is written to, too', async () => {
    await start();
    await afterDays(6);
    const order = orders().find(({ template }) => template === 'about-your-choice');
    expect(order).toBeDefined();
    expect(order).not.toHaveProperty('choice');
  });

  it.each([
    [
      'told a story when there is one',
      offering({ story: { text: [{ text: 'So', language: 'en' }], url: null } }),
      true,
    ],
    ['told none where there is none', offering(), false],
  ])('is %s', async (_, offers, isTold) => {
    stage.org.offers = offers;
    await start();
    await afterDays(6);
    await mailsLeft();
    await stage.review('one');
    await afterDays(23);
    expect(orders().some(({ template }) => template === 'success-story')).toBe(isTold);
  });
});
