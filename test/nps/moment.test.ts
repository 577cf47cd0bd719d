import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullRecordId, isRecordId, momentKey } from '../../src/nps/moment.ts';

const moment = { trigger: 'Pre_Renewal', sourceId: '800000000000001AAA', anchorDate: '2026-11-22' };

describe("a moment's key", () => {
  it('is 64 characters of lower-case hex, because unique external ids ignore case', () => {
    expect(momentKey(moment)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is the same for the event and for the sweep', () => {
    const fromSweep = { anchorDate: '2026-11-22', sourceId: fullRecordId('800000000000001'), trigger: 'Pre_Renewal' };
    expect(momentKey(fromSweep)).toBe(momentKey(moment));
  });

  it('does not depend on the case of the trigger, as Salesforce ignores it in names', () => {
    expect(momentKey({ ...moment, trigger: 'PRE_renewal' })).toBe(momentKey(moment));
  });

  it.each([
    { ...moment, trigger: 'Post_Resolution' },
    { ...moment, sourceId: '800000000000001AAB' },
    { ...moment, sourceId: '800000000000001aaa' },
    { ...moment, anchorDate: '2026-11-23' },
  ])('differs for another moment (%o)', (other) => {
    expect(momentKey(other)).not.toBe(momentKey(moment));
  });

  it('does not run two facts together, whatever they contain', () => {
    const text = fc.string({ maxLength: 12 }).map((value) => value.toLowerCase());
    fc.assert(
      fc.property(text, text, text, text, (trigger, sourceId, otherTrigger, otherSource) => {
        fc.pre(trigger !== otherTrigger || sourceId !== otherSource);
        const one = momentKey({ trigger, sourceId, anchorDate: '2026-01-01' });
        expect(momentKey({ trigger: otherTrigger, sourceId: otherSource, anchorDate: '2026-01-01' })).not.toBe(one);
      }),
    );
  });
});

describe('a record id', () => {
  it.each([
    ['001D000000IqhSL', '001D000000IqhSLIAZ'],
    ['00D50000000IZ3Z', '00D50000000IZ3ZEAW'],
    ['000000000000000', '000000000000000AAA'],
    ['ABCDEABCDEABCDE', 'ABCDEABCDEABCDE555'],
  ])('%s is %s in full', (short, full) => {
    expect(fullRecordId(short)).toBe(full);
  });

  it('keeps its full form, and gets the right check characters back when they were mangled', () => {
    expect(fullRecordId('001D000000IqhSLIAZ')).toBe('001D000000IqhSLIAZ');
    expect(fullRecordId('001D000000IqhSLiaz')).toBe('001D000000IqhSLIAZ');
  });

  it('in full tells apart what differs in case only', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'0123456789ABCXYZabcxyz'), minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(letters, (id) => {
        const lower = id.toLowerCase();
        fc.pre(id !== lower);
        expect(fullRecordId(id).toLowerCase()).not.toBe(fullRecordId(lower).toLowerCase());
      }),
    );
  });

  it.each(['', 'Acme', '001D000000IqhS', '001D000000IqhSLI', '001D000000Iqh-L', '001D000000IqhSLIAZ0'])(
    '"%s" is none and stays as it is',
    (text) => {
      expect(isRecordId(text)).toBe(false);
      expect(fullRecordId(text)).toBe(text);
    },
  );
});
