import { countsOf, isCounted, netPromoter, newestOfEach } from 'c/npsAnswers';

const said = (key, contactId, score, day) => ({ key, contactId, score, respondedAt: `2026-11-${day}T10:00:00Z` });
const keys = (answers) => answers.map(({ key }) => key).toSorted();

describe('the numbers', () => {
  it.each([
    ['Confirmed', true],
    ['Accepted', true],
    ['Provisional', false],
    ['Unresolved', false],
    ['Void', false],
  ])('an answer that is %s counts: %s', (verdict, counts) => {
    expect(isCounted(verdict)).toBe(counts);
  });

  it('hold one answer a person, the newest, in whatever order they come', () => {
    const answers = [said('b', 'jane', 3, '09'), said('a', 'jane', 9, '02'), said('c', 'john', 7, '05')];
    expect(keys(newestOfEach(answers))).toEqual(['b', 'c']);
    expect(keys(newestOfEach(answers.toReversed()))).toEqual(['b', 'c']);
  });

  it('take answers of nobody known each for itself', () => {
    expect(newestOfEach([said('a', null, 3, '09'), said('b', null, 9, '02')])).toHaveLength(2);
  });

  it('count segments', () => {
    const counts = countsOf([{ segment: 'Promoter' }, { segment: 'Detractor' }, { segment: 'Promoter' }]);
    expect(counts).toEqual({ Promoter: 2, Passive: 0, Detractor: 1 });
  });

  it('know no score of nobody, and are never certain where all say the same', () => {
    expect(netPromoter({ Promoter: 0, Passive: 0, Detractor: 0 })).toEqual({ n: 0, score: null, from: -100, to: 100 });
    const { score, from, to } = netPromoter({ Promoter: 5, Passive: 0, Detractor: 0 });
    expect([score, to]).toEqual([100, 100]);
    expect(from).toBeLessThan(70);
  });
});
