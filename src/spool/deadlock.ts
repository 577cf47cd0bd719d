const DEADLOCK_DETECTED = '40P01';
const MOST_TRIES = 5;

/**
 * Runs a transaction again when PostgreSQL ended it because it and another waited for each other (PostgreSQL manual,
 * "Deadlocks"): nothing of it was done then. Claims and settlements of several replicas can meet that way.
 */
export async function despiteDeadlocks<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      const isDeadlock = error instanceof Error && 'code' in error && error.code === DEADLOCK_DETECTED;
      if (!isDeadlock || tries === MOST_TRIES) throw error;
    }
  }
}
