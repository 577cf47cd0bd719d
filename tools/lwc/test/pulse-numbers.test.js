import {
  openDetractors,
  promotersToAsk,
  readAnswers,
  scoreOf,
  WEEKS,
  weeksOf,
} from '../../../force-app/main/default/lwc/npsPulse/pulse';
import { ago, answer, connection, NOW } from '../fixture';

const read = (...rows) => readAnswers(connection(rows));
const numbers = (answers) => answers.map(({ key }) => Number(key));

describe('the pulse', () => {
  it('is the score over the newest answer of each person', () => {
    const jane = [answer(1, 2, 30, 'Jane'), answer(2, 9, 3, 'Jane')];
    const score = scoreOf(read(...jane, answer(3, 10, 5, 'John'), answer(4, 0, 5, 'Ann')), NOW, 365);
    expect(score).toMatchObject({ n: 3, counts: { Promoter: 2, Passive: 0, Detractor: 1 } });
    expect(score.score).toBeCloseTo(100 / 3);
    expect(score.from).toBeLessThan(score.score);
    expect(score.to).toBeGreaterThan(score.score);
  });

  it('counts answers by weeks of seven days that end now', () => {
    const answers = read(answer(1, 9, 0, 'A'), answer(2, 9, 6.9, 'B'), answer(3, 9, 7.1, 'C'), answer(4, 9, 400, 'D'));
    const weeks = weeksOf(answers, NOW);
    expect(weeks).toHaveLength(WEEKS);
    expect(weeks.slice(-2)).toEqual([1, 2]);
    expect(weeks.reduce((sum, count) => sum + count)).toBe(3);
  });

  it('names promoters whose newest answer is fresh, newest first, and nobody unknown', () => {
    const answers = read(
      answer(1, 9, 80, 'Old but fresh'),
      answer(2, 10, 3, 'Fresh'),
      answer(3, 9, 91, 'Stale'),
      answer(4, 9, 9, 'Fallen'),
      answer(5, 3, 2, 'Fallen'),
      answer(6, 9, 1, 'Unknown', { Contact__c: null }),
    );
    expect(numbers(promotersToAsk(answers, NOW))).toEqual([2, 1]);
  });

  it('leaves out promoters who were asked already, for whatever answer', () => {
    const asked = answer(1, 9, 200, 'Jane', { Advocacy_Asked_At__c: ago(199) });
    const answers = read(asked, answer(2, 10, 3, 'Jane'), answer(3, 10, 3, 'John'));
    expect(numbers(promotersToAsk(answers, NOW))).toEqual([3]);
  });

  it('parts detractors nobody followed up, late or in time, from those not yet resolved', () => {
    const done = { First_Follow_Up_At__c: ago(1), Follow_Up_Due__c: ago(1) };
    const answers = read(
      answer(1, 3, 4, 'A', { Follow_Up_Due__c: ago(1) }),
      answer(2, 3, 4, 'B', { Follow_Up_Due__c: ago(3) }),
      answer(3, 3, 4, 'C', { Follow_Up_Due__c: ago(-1) }),
      answer(4, 3, 4, 'D', done),
      answer(5, 3, 4, 'E', { ...done, Resolved__c: true }),
      answer(6, 9, 4, 'F', { Follow_Up_Due__c: ago(1) }),
      answer(7, 3, 4, 'G', { Resolved__c: true }),
    );
    const { overdue, waiting, unresolved } = openDetractors(answers, NOW);
    expect(numbers(overdue)).toEqual([7, 2, 1]);
    expect(numbers(waiting)).toEqual([3]);
    expect(numbers(unresolved)).toEqual([4]);
  });
});
