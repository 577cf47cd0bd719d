import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterGivingBack } from '../../src/nps/asked-date.ts';

const at = (time: string) => new Date(`2026-11-22T${time}Z`);
const taken = at('12:00:00.750');
const before = new Date('2026-05-01T09:00:00Z');

describe('a date that is given back', () => {
  it.each<[string, Date | null, Date | null, Date | null]>([
    ['becomes what stood there before', taken, before, before],
    ['becomes empty where nothing stood there', taken, null, null],
    ['is the one it took as Salesforce keeps it, in whole seconds', at('12:00:00'), before, before],
    ['stays where somebody set a later one', at('12:00:01'), before, at('12:00:01')],
    ['stays where somebody set an earlier one', at('11:00:00'), before, at('11:00:00')],
    ['stays empty where somebody emptied it', null, before, null],
  ])('%s', (_, current, stood, after) => {
    expect(afterGivingBack(taken, stood, current)).toEqual(after);
  });

  it('is never earlier than a date set by somebody else, and giving it back twice changes nothing', () => {
    const date = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.option(date), fc.option(date), (took, stood, current) => {
        const after = afterGivingBack(took, stood, current);
        const isItsOwn = current !== null && Math.floor(current.getTime() / 1000) === Math.floor(took.getTime() / 1000);
        expect(after).toEqual(isItsOwn ? stood : current);
        if (!isItsOwn) expect(afterGivingBack(took, stood, after)).toEqual(after);
      }),
    );
  });
});
