import { describe, expect, test } from 'vitest';
import { despiteDeadlocks } from '../../src/spool/deadlock.ts';

const failure = (code: string) => Object.assign(new Error(code), { code });

describe('a transaction that met another', () => {
  test('is run again until it goes through', async () => {
    let runs = 0;
    const result = await despiteDeadlocks(async () => {
      runs += 1;
      if (runs < 3) throw failure('40P01');
      return 'stored';
    });
    expect(result).toBe('stored');
    expect(runs).toBe(3);
  });

  test('is given up after five deadlocks', async () => {
    let runs = 0;
    const never = despiteDeadlocks(async () => {
      runs += 1;
      throw failure('40P01');
    });
    await expect(never).rejects.toThrow('40P01');
    expect(runs).toBe(5);
  });

  test('is not run again for any other failure', async () => {
    let runs = 0;
    const refused = despiteDeadlocks(async () => {
      runs += 1;
      throw failure('23505');
    });
    await expect(refused).rejects.toThrow('23505');
    expect(runs).toBe(1);
  });
});
