import { beforeEach, describe, expect, it } from 'vitest';
import { answerDesk } from '../../src/loop/answer.ts';
import type { CustomerDesk } from '../../src/loop/ports.ts';
import { proposalDesk } from '../../src/loop/proposals.ts';
import { record } from '../../src/loop/record.ts';
import type { Ask } from '../../src/nps/advocacy.ts';
import { utcDay } from '../../src/nps/days.ts';
import { linkKeys, type SurveyLink } from '../../src/nps/link.ts';
import { fakeOrg } from './fake-org.ts';
import { ACME, DAY_MS, logBook, movableClock, NOW, WORDING } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

const surveyKey = 'ab'.repeat(32);
const links = linkKeys(['a secret of this season, long enough']);
const token = (choice: SurveyLink['choice']) =>
  links.sign({
    ...{ surveyKey, accountId: ACME, trigger: 'Pre_Renewal', language: 'en' },
    ...{ choice, issuedOn: utcDay(NOW) },
  });
const CHOICES = ['Easier_to_Use', 'Missing_Feature', 'Faster_Support', 'Better_Value', 'Reliability'];
const ann = { gesture: true, visitor: () => 'Ann' };
const withoutScript = { gesture: false, visitor: () => 'Ben' };
const gateway = { gesture: false, visitor: () => 'gateway' };
const HALF_AN_HOUR_MS = 30 * 60_000;

let clock = movableClock();
let spool = memorySpool(clock);
let org = fakeOrg(clock);
let desk: CustomerDesk;

beforeEach(() => {
  clock = movableClock();
  spool = memorySpool(clock);
  org = fakeOrg(clock);
  const parts = { links, spool, clock, wording: () => WORDING };
  desk = { ...answerDesk(parts), ...proposalDesk(parts) };
});

const work = async () => record(await spool.claim('receipt', 200), { org, spool, clock, log: logBook() });
const told = () => org.receiptsWritten;

describe('opening what a mail proposes', () => {
  it('shows the choice', () => {
    expect(desk.openProposal(token({ choice: 'Faster_Support' }))).toMatchObject({
      ...{ kind: 'choice', label: 'Faster Support', company: 'Northwind', language: 'en' },
    });
  });

  it.each([
    ['G2 Review', 'https://g2.example/write'],
    ['Case Study', null],
  ] as const)('shows where the ask for a %s leads', (ask, leadsTo) => {
    expect(desk.openProposal(token({ ask }))).toMatchObject({ kind: 'ask', ask, leadsTo });
  });

  it('leaves a trace and accepts nothing', async () => {
    await desk.saw(token({ ask: 'G2 Review' }), 'gateway', 'fetched');
    expect(await spool.hits([surveyKey])).toMatchObject([{ link: 'a-g2', kind: 'fetched', visitor: 'gateway' }]);
    expect(spool.open('receipt')).toEqual([]);
  });

  it.each([
    ['a score', token(9)],
    ['leaving', token('unsubscribe')],
  ])('is not possible with a link for %s, nor the other way round', async (_, other) => {
    expect(desk.openProposal(other)).toMatchObject({ problem: 'unknown' });
    expect(await desk.accept(other, ann)).toMatchObject({ problem: 'unknown' });
    expect(desk.open(token({ ask: 'G2 Review' }))).toMatchObject({ problem: 'unknown' });
    expect(desk.openUnsubscribe(token({ choice: 'Reliability' }))).toMatchObject({ problem: 'unknown' });
  });

  it('ends after 90 days', async () => {
    const old = token({ ask: 'G2 Review' });
    clock.advance(91 * DAY_MS);
    expect(desk.openProposal(old)).toMatchObject({ problem: 'expired' });
    expect(await desk.accept(old, ann)).toMatchObject({ problem: 'expired' });
    expect(spool.open('receipt')).toEqual([]);
  });
});

describe('accepting', () => {
  it('is durable before it is answered, and told to Salesforce at once when a person pressed the button', async () => {
    await desk.accept(token({ ask: 'G2 Review' }), ann);
    expect(spool.open('receipt')).toHaveLength(1);
    await work();
    expect(told()).toEqual([
      { kind: 'ask-followed', surveyKey, ask: 'G2 Review', at: NOW.toISOString(), promised: false },
    ]);
  });

  it.each([
    ['Case Study', true],
    ['Referral', true],
    ['AppExchange Review', true],
    ['G2 Review', false],
  ] as [Ask, boolean][])('a %s promises that the CSM is in touch, as it leads nowhere: %s', async (ask, promised) => {
    await desk.accept(token({ ask }), ann);
    await work();
    expect(told()).toMatchObject([{ ask, promised }]);
  });

  it('survives a crash between the click and the write', async () => {
    await desk.accept(token({ choice: 'Reliability' }), ann);
    await spool.claim('receipt', 10);
    spool.crash();
    await work();
    await work();
    expect(told()).toMatchObject([{ kind: 'chosen', choice: 'Reliability' }]);
  });

  it('without proof of a person waits as long as an answer does, then counts', async () => {
    await desk.accept(token({ ask: 'G2 Review' }), withoutScript);
    clock.advance(HALF_AN_HOUR_MS - 1);
    await work();
    expect(told()).toEqual([]);
    clock.advance(1);
    await work();
    expect(told()).toMatchObject([{ kind: 'ask-followed', at: NOW.toISOString() }]);
  });
});

describe('a scanner', () => {
  it('that fetches every link of a mail accepts nothing', async () => {
    for (const choice of CHOICES) await desk.saw(token({ choice }), 'gateway', 'fetched');
    clock.advance(HALF_AN_HOUR_MS);
    await work();
    expect(told()).toEqual([]);
  });

  it('that posts every choice of a mail chooses nothing', async () => {
    for (const choice of CHOICES) await desk.accept(token({ choice }), gateway);
    clock.advance(HALF_AN_HOUR_MS);
    await work();
    expect(told()).toEqual([]);
    expect(spool.open('receipt')).toEqual([]);
  });

  it('that went through the numbers of the invitation follows no ask either', async () => {
    for (const score of [0, 1, 2, 3] as const) await desk.saw(token(score), 'gateway', 'fetched');
    clock.advance(DAY_MS);
    await desk.accept(token({ ask: 'G2 Review' }), gateway);
    clock.advance(HALF_AN_HOUR_MS);
    await work();
    expect(told()).toEqual([]);
  });

  it('takes nothing from a person who presses, before or after, nor from one without script', async () => {
    for (const choice of CHOICES) await desk.accept(token({ choice }), gateway);
    clock.advance(1_000);
    await desk.accept(token({ choice: 'Better_Value' }), ann);
    clock.advance(1_000);
    await desk.accept(token({ choice: 'Reliability' }), withoutScript);
    await work();
    expect(told()).toMatchObject([{ choice: 'Better_Value' }]);
    clock.advance(HALF_AN_HOUR_MS);
    await work();
    expect(told()).toMatchObject([{ choice: 'Better_Value' }, { choice: 'Reliability' }]);
  });
});
