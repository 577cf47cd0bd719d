import { beforeEach, describe, expect, it, test } from 'vitest';
import { COMMANDS, followCommands } from '../../src/loop/commands.ts';
import { listen } from '../../src/loop/listen.ts';
import { record } from '../../src/loop/record.ts';
import { sweeps } from '../../src/loop/sweep.ts';
import { HOUR_MS } from '../../src/nps/days.ts';
import type { Request } from '../../src/nps/request.ts';
import { answering } from './answering.ts';
import { ACME, MINUTE_MS } from './fakes.ts';

const RESPONSE = 'a01000000000001AAA';

let stage: ReturnType<typeof answering>;
beforeEach(() => {
  stage = answering();
  stage.org.addSurvey('one', ACME);
});

const response = () => {
  const found = stage.org.responses.get('one');
  if (!found) throw new Error('There is no response.');
  return found;
};

/** What an admin or a CSM sets on the record. */
function ask(request: Request, note = '') {
  const requested = { request, note, by: 'Jane Doe', at: stage.clock.now() };
  stage.org.responses.set('one', { ...response(), id: RESPONSE, requested });
}

let events = 0;
async function publish(command: string, Record_Id__c: string, uuid = `event ${events}`) {
  events += 1;
  const event = { uuid, replayId: Buffer.from(uuid), payload: { Command__c: command, Record_Id__c } };
  await listen([event], COMMANDS, stage);
  const sending = { mayBeMailed: () => true, languages: ['en'] };
  await followCommands(await stage.spool.claim('command', 200), { ...stage, ...sending });
  await stage.work();
}

const result = () => stage.org.changesWritten.at(-1)?.responses[0]?.request?.result;
const asksFor = async (request: Request, note?: string) => {
  ask(request, note);
  await publish(request, RESPONSE);
};

describe('a command', () => {
  beforeEach(() => stage.give({ surveyKey: 'one', score: 3, verbatim: 'Slow' }));

  it('to void takes the answer out of the numbers of account and contact, and stops its sequence', async () => {
    await asksFor('Void', 'Sent to the wrong person');
    expect(response()).toMatchObject({
      ...{ verdict: 'Void', requested: null, followUpDue: null },
      verdictReason: 'Declared void by Jane Doe on 2026-11-18: Sent to the wrong person',
      course: { next: null, stopped: 'The answer was declared void.' },
    });
    expect(stage.numbers()).toMatchObject({ score: null, responseCount: 0 });
    expect(stage.org.changesWritten.at(-1)?.contacts).toEqual([
      { id: 'Ann', score: null, segment: null, respondedAt: null },
    ]);
    expect(result()).toBe(response().verdictReason);
  });

  it('to void leaves the contact the score of an answer that still counts', async () => {
    stage.org.addSurvey('two', ACME);
    await stage.give({ surveyKey: 'two', score: 8 });
    await asksFor('Void');
    expect(stage.org.changesWritten.at(-1)?.contacts).toEqual([
      { id: 'Ann', score: 8, segment: 'Passive', respondedAt: expect.any(Date) },
    ]);
  });

  it('that it was a person takes a void back: the answer counts, and its sequence goes on without repeating a mail', async () => {
    await record(await stage.spool.claim('receipt', 200), stage);
    await asksFor('Void');
    stage.org.taskKeys.clear();
    stage.org.openKinds.clear();
    await asksFor('It Was a Person', 'Ann called');
    expect(stage.numbers()).toMatchObject({ score: 3, responseCount: 1 });
    expect(response().course).toMatchObject({ sequence: 'Detractor', stopped: null });
    expect(stage.mails()).toEqual(['acknowledgment to Ann Lee']);
    // The flow that closed the Task gave its key back.
    expect(stage.org.changesWritten.at(-1)?.responses[0]?.tasks).toHaveLength(1);
  });

  it('to pause holds the sequence, and to resume takes what fell due meanwhile', async () => {
    await asksFor('Pause');
    expect(response().paused).toBe(true);
    stage.clock.advance(49 * HOUR_MS);
    await stage.review('one');
    expect(stage.tasks()).toHaveLength(1);
    await asksFor('Resume');
    expect(response().paused).toBe(false);
    expect(result()).toBe('Resumed by Jane Doe on 2026-11-20.');
  });

  it('to resend sends the last mail once more, under another key', async () => {
    const mail = stage.spool.open('mail')[0];
    stage.org.responses.set('one', {
      ...response(),
      course: { ...response().course, done: [{ step: 'Detractor_Acknowledgment', at: stage.clock.now() }] },
    });
    await asksFor('Resend', 'New address');
    const mails = stage.spool.open('mail');
    expect(mails.map(({ payload }) => payload.template)).toEqual(['acknowledgment', 'acknowledgment']);
    expect(mails[1]?.key).toBe(`${mail?.key}:again:${stage.clock.now().toISOString()}`);
    expect(result()).toContain('The mail acknowledgment was sent once more, asked for by Jane Doe');
  });

  it('to resend says why not when no mail has left', async () => {
    await asksFor('Resend');
    expect(stage.spool.open('mail')).toHaveLength(1);
    expect(result()).toContain('was not done. No mail of the sequence has left yet.');
  });

  it('that was cut off before the write was told is carried out once', async () => {
    stage.org.responses.set('one', {
      ...response(),
      course: { ...response().course, done: [{ step: 'Detractor_Acknowledgment', at: stage.clock.now() }] },
    });
    ask('Resend');
    stage.org.onAnswers = () => ({ written: false, transient: true, reason: 'UNABLE_TO_LOCK_ROW' });
    await publish('Resend', RESPONSE);
    expect(response().requested).not.toBeNull();
    stage.org.onAnswers = () => ({ written: true });
    stage.clock.advance(MINUTE_MS);
    await stage.work();
    expect(response().requested).toBeNull();
    expect(stage.spool.open('mail')).toHaveLength(2);
  });

  it('published twice is carried out once', async () => {
    ask('Void');
    await publish('Void', RESPONSE);
    const writes = stage.org.changesWritten.length;
    await publish('Void', RESPONSE);
    expect(stage.org.changesWritten).toHaveLength(writes);
    expect(stage.log.complaints()).toEqual([expect.stringContaining('asks for nothing any more')]);
  });

  it('delivered twice is one item', async () => {
    ask('Void');
    await publish('Void', RESPONSE, 'the same');
    await publish('Void', RESPONSE, 'the same');
    expect(stage.log.complaints()).toEqual([]);
  });

  it('that was taken back before the service heard of it does nothing', async () => {
    ask('Void');
    stage.org.responses.set('one', { ...response(), requested: null });
    await publish('Void', RESPONSE);
    expect(response().verdict).toBe('Confirmed');
  });

  it('whose event was lost is found on the record', async () => {
    ask('Void');
    stage.clock.advance(11 * MINUTE_MS);
    await stage.spool.renewLease(new Date(stage.clock.wall().getTime() + HOUR_MS));
    await sweeps(stage)
      .find(({ name }) => name === 'open requests')
      ?.run(stage.clock.now());
    await stage.work();
    expect(response().verdict).toBe('Void');
  });
});

test.each([
  ['an unknown record', 'a01000000000009AAA'],
  ['what is no id', 'Bobby; DROP TABLE'],
])('a command about %s is left alone, and the log says so', async (_, recordId) => {
  await publish('Void', recordId);
  expect(stage.spool.open('command')).toEqual([]);
  expect(stage.log.complaints()).toEqual([expect.stringContaining('no response and no contact with that id')]);
});

test('a command without a record is left behind', async () => {
  await publish('Void', ' ');
  expect(stage.log.complaints()).toEqual([expect.stringContaining('lacks a required field')]);
});

test('a provisional answer that a person vouches for counts at once', async () => {
  await stage.give({ surveyKey: 'one', score: 2, evidence: 'bare' });
  expect(stage.numbers()).toMatchObject({ responseCount: 0 });
  await asksFor('It Was a Person', 'She told me so');
  expect(response()).toMatchObject({ verdict: 'Confirmed', course: { sequence: 'Detractor' } });
  expect(stage.numbers()).toMatchObject({ score: 2, responseCount: 1 });
  expect(stage.tasks()).toHaveLength(1);
});
