import { beforeEach, describe, expect, it } from 'vitest';
import { findMoments } from '../../src/loop/find-moments.ts';
import type { Dates, MomentSource } from '../../src/nps/due-moments.ts';
import { answering } from './answering.ts';
import { trigger } from './fake-org.ts';
import { ACME } from './fakes.ts';

const source: MomentSource = {
  ...{ object: 'Contract', dateField: 'StartDate', offsetDays: 45, condition: null },
  ...{ accountField: 'AccountId', contactField: null, threshold: null },
};
const moment = { trigger: 'First_Value', sourceId: '800000000000001AAA', anchorDate: '2026-10-08' };

let stage: ReturnType<typeof answering>;

beforeEach(() => {
  stage = answering();
  stage.org.triggersByName.clear();
});

describe('a trigger with a source', () => {
  it('has its moments found in records and decided like events, each once', async () => {
    stage.org.triggersByName.set('first_value', trigger('First_Value', { source }));
    const asked: Dates[] = [];
    stage.org.dueMoments = async (_trigger, _source, dates) => {
      asked.push(dates);
      return [{ moment, accountId: ACME, contactId: null }];
    };
    await findMoments(stage);
    await findMoments(stage);
    expect(asked).toHaveLength(2);
    expect(stage.spool.open('event')).toMatchObject([{ accountId: ACME, payload: { moment, accountId: ACME } }]);
  });

  it.each([
    ['is not active', { active: false, source }],
    ['has no source', { source: null }],
    ['cannot be used', { source, problem: 'Its record names no date.' }],
    ['begins later', { source, activeFrom: '2999-01-01' }],
  ])('is not searched when it %s', async (_, facts) => {
    stage.org.triggersByName.set('first_value', trigger('First_Value', facts));
    stage.org.dueMoments = async () => [{ moment, accountId: ACME, contactId: null }];
    await findMoments(stage);
    expect(stage.spool.open('event')).toEqual([]);
  });

  it('that cannot be searched stops no other', async () => {
    stage.org.triggersByName.set('broken', trigger('Broken', { source }));
    stage.org.triggersByName.set('first_value', trigger('First_Value', { source }));
    stage.org.dueMoments = async ({ name }) => {
      if (name === 'Broken') throw new Error("INVALID_FIELD: No such column 'StartDat'");
      return [{ moment, accountId: ACME, contactId: null }];
    };
    await findMoments(stage);
    expect(stage.spool.open('event')).toHaveLength(1);
  });

  it('with a usage threshold stamps crossings before it looks', async () => {
    stage.org.triggersByName.set('usage', trigger('Usage', { source: { ...source, offsetDays: 0, threshold: 1000 } }));
    const steps: string[] = [];
    stage.org.stampUsageCrossings = async (threshold) => {
      steps.push(`stamp ${threshold}`);
      return 1;
    };
    stage.org.dueMoments = async () => {
      steps.push('look');
      return [];
    };
    await findMoments(stage);
    expect(steps).toEqual(['stamp 1000', 'look']);
  });

  it('stamps who is over the threshold before the trigger is active, and asks nobody then', async () => {
    const waiting = { active: false, source: { ...source, offsetDays: 0, threshold: 1000 } };
    stage.org.triggersByName.set('usage', trigger('Usage', waiting));
    const stamped: number[] = [];
    stage.org.stampUsageCrossings = async (threshold) => stamped.push(threshold);
    stage.org.dueMoments = async () => [{ moment, accountId: ACME, contactId: null }];
    await findMoments(stage);
    expect(stamped).toEqual([1000]);
    expect(stage.spool.open('event')).toEqual([]);
  });
});
