import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasJoined, type JoinedTask, joinedFrom, joinedText } from '../../src/nps/joined-tasks.ts';

const joinedTask: fc.Arbitrary<JoinedTask> = fc.record({
  kind: fc.stringMatching(/^[A-Za-z(]([A-Za-z ().]{0,30}[a-z)])?$/),
  due: fc.constantFrom('2026-11-29', '2027-01-01'),
  priority: fc.constantFrom('High', 'Normal', 'Low'),
});

describe('the Tasks a response has joined', () => {
  it('are kept as people and the flow read them', () => {
    const joined: JoinedTask[] = [
      { kind: 'Call', due: '2026-11-29', priority: 'High' },
      { kind: 'At Risk (EMEA)', due: '2026-12-01', priority: 'Low' },
    ];
    expect(joinedText(joined)).toBe('Call (2026-11-29, High); At Risk (EMEA) (2026-12-01, Low)');
    expect(joinedText([])).toBeNull();
  });

  it('are read back as they were', () => {
    fc.assert(
      fc.property(fc.array(joinedTask, { maxLength: 5 }), (joined) => {
        expect(joinedFrom(joinedText(joined) ?? '')).toEqual(joined);
      }),
    );
  });

  it.each(['', 'Call', 'Call (soon, High)', 'what somebody wrote there'])('are none in "%s"', (text) => {
    expect(joinedFrom(text)).toEqual([]);
  });

  it('are known by their kind in any case', () => {
    const joined = joinedFrom('Call (2026-11-29, High)');
    expect(hasJoined(joined, 'CALL')).toBe(true);
    expect(hasJoined(joined, 'Cal')).toBe(false);
  });
});
