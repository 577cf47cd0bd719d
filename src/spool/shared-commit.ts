import { setImmediate as nextTurn } from 'node:timers/promises';

interface Waiting<Write> {
  write: Write;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Lets writes that arrive together share one commit. A commit waits for the disk, whether it carries one write or a
 * thousand; those that arrive meanwhile gather for the next one.
 */
export class SharedCommit<Write> {
  readonly #commit: (writes: readonly Write[]) => Promise<void>;
  #waiting: Waiting<Write>[] = [];
  #running: Promise<void> | undefined;

  /** `commit` stores all writes or none. */
  constructor(commit: (writes: readonly Write[]) => Promise<void>) {
    this.#commit = commit;
  }

  /** Resolves once the write is committed; rejects if this very write cannot be. */
  add(write: Write): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves once nothing is waiting any more. */
  async drained(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      // What this turn of the event loop still brings in (many sockets became readable at once) goes along.
      await nextTurn();
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#commitTogether(batch);
    }
    this.#running = undefined;
  }

  async #commitTogether(batch: readonly Waiting<Write>[]): Promise<void> {
    try {
      await this.#commit(batch.map(({ write }) => write));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      // One bad write must not cost the others: each gets a commit, and an error, of its own.
      else for (const one of batch) await this.#commitTogether([one]);
    }
  }
}
