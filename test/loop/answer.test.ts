import { beforeEach, describe, expect, it } from 'vitest';
import { answerDesk } from '../../src/loop/answer.ts';
import type { AnswerDesk, AnswerForm } from '../../src/loop/ports.ts';
import { utcDay } from '../../src/nps/days.ts';
import { linkKeys, type SurveyLink } from '../../src/nps/link.ts';
import { SCORES } from '../../src/nps/score.ts';
import { ACME, DAY_MS, movableClock, NOW, WORDING } from './fakes.ts';
import { memorySpool } from './memory-spool.ts';

const surveyKey = 'ab'.repeat(32);
const links = linkKeys(['a secret of this season, long enough']);
const token = (choice: SurveyLink['choice']) =>
  links.sign({
    ...{ surveyKey, accountId: ACME, trigger: 'Pre_Renewal', language: 'en' },
    choice,
    issuedOn: utcDay(NOW),
  });
const form: AnswerForm = { score: '9', verbatim: '', gesture: true, script: true, visitor: () => 'Ann' };

let clock = movableClock();
let spool = memorySpool(clock);
let desk: AnswerDesk;

beforeEach(() => {
  clock = movableClock();
  spool = memorySpool(clock);
  const question = (trigger: string) => ({ text: `Why, after ${trigger}?`, language: 'de' });
  const wording = () => ({ ...WORDING, question });
  desk = answerDesk({ links, spool, clock, wording });
});

describe('a score link', () => {
  it.each(SCORES)('of %i opens with its score and the question of its trigger', (score) => {
    expect(desk.open(token(score))).toEqual({
      ...{
        kind: 'score',
        score,
        question: 'Why, after Pre_Renewal?',
        questionLanguage: 'de',
        company: 'Northwind',
        language: 'en',
      },
    });
  });

  it('that is looked at leaves a trace and never an answer', async () => {
    await desk.saw(token(0), 'gateway', 'fetched');
    await desk.saw(token(0), 'gateway', 'page-ran');
    expect(await spool.hits([surveyKey])).toMatchObject([
      { link: '0', kind: 'fetched', visitor: 'gateway', at: NOW },
      { link: '0', kind: 'page-ran' },
    ]);
    expect(spool.open('answer')).toEqual([]);
  });

  it('that cannot be read leaves no trace', async () => {
    await desk.saw('garbage', 'gateway', 'fetched');
    await desk.saw(token('unsubscribe'), 'gateway', 'fetched');
    expect(await spool.hits([surveyKey])).toEqual([]);
  });

  it('says why it cannot be used', () => {
    expect(desk.open('garbage')).toMatchObject({ problem: 'unknown', company: 'Northwind' });
    expect(desk.open(token(3).replace('.3.', '.10.'))).toMatchObject({ problem: 'tampered' });
    expect(desk.open(token('unsubscribe'))).toMatchObject({ problem: 'unknown' });
    clock.advance(91 * DAY_MS);
    expect(desk.open(token(3))).toMatchObject({ problem: 'expired' });
  });
});

describe('an answer', () => {
  it.each(SCORES)('of %i is in the spool once the page has it', async (score) => {
    expect(await desk.give(token(score), { ...form, score: String(score) })).toMatchObject({ score });
    expect(spool.open('answer')).toMatchObject([
      {
        accountId: ACME,
        payload: { kind: 'given', answer: { surveyKey, score, evidence: 'gesture', answeredAt: NOW.toISOString() } },
      },
    ]);
  });

  it('is the score of the form, which may correct that of the link', async () => {
    expect(await desk.give(token(9), { ...form, score: '2' })).toMatchObject({ score: 2, segment: 'Detractor' });
  });

  it('pressed twice at once is taken once', async () => {
    await Promise.all([desk.give(token(9), form), desk.give(token(9), form)]);
    expect(spool.open('answer')).toHaveLength(1);
  });

  it.each(['11', '-1', '', 'nine', '9.5'])('of "%s" is none', async (score) => {
    expect(await desk.give(token(9), { ...form, score })).toEqual({ problem: 'bad-score' });
    expect(spool.open('answer')).toEqual([]);
  });

  it.each(['garbage', token('unsubscribe')])('to a link that takes none (%s) is none', async (link) => {
    expect(await desk.give(link, form)).toMatchObject({ problem: 'unknown' });
    expect(spool.open('answer')).toEqual([]);
  });

  it('without proof of a person leaves a trace of who gave it, for the verdict', async () => {
    await desk.give(token(9), { ...form, gesture: false, script: false, visitor: () => 'gateway' });
    expect(spool.open('answer')).toMatchObject([{ payload: { answer: { evidence: 'bare' } } }]);
    expect(await spool.hits([surveyKey])).toMatchObject([{ kind: 'posted', link: '9', visitor: 'gateway' }]);
  });
});

describe('unsubscribing', () => {
  it('needs the page to be submitted, and is then told to Salesforce once', async () => {
    expect(desk.openUnsubscribe(token('unsubscribe'))).toMatchObject({ kind: 'unsubscribe' });
    expect(spool.open('receipt')).toEqual([]);
    await desk.unsubscribe(token('unsubscribe'));
    expect(await desk.unsubscribe(token('unsubscribe'))).toMatchObject({ done: true });
    expect(spool.open('receipt')).toMatchObject([{ accountId: ACME, payload: { kind: 'opt-out', surveyKey } }]);
  });

  it('works years later', async () => {
    clock.advance(1_000 * DAY_MS);
    expect(await desk.unsubscribe(token('unsubscribe'))).toMatchObject({ done: true });
  });

  it('is not done by a score link', async () => {
    expect(desk.openUnsubscribe(token(3))).toMatchObject({ problem: 'unknown' });
    expect(await desk.unsubscribe(token(3))).toMatchObject({ problem: 'unknown' });
    expect(spool.open('receipt')).toEqual([]);
  });
});
