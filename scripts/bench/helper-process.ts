import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of the benchmark's own: it is given an order and answers once, again and again. */
export interface HelperProcess<Order, Answer> {
  ask(order: Order): Promise<Answer>;
  /** At once, as a power cut would. */
  kill(): Promise<void>;
}

/** Starts one. What it says on stderr is let through, so that its errors are seen. */
export function startHelper<Order extends object, Answer>(entry: URL): HelperProcess<Order, Answer> {
  const child = fork(entry, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  let waiting: PromiseWithResolvers<Answer> | undefined;
  child.on('message', (answer) => waiting?.resolve(answer as Answer));
  child.on('exit', () => waiting?.reject(new Error(`A process of the benchmark ended too early: ${entry.pathname}`)));
  return {
    ask(order) {
      waiting = Promise.withResolvers<Answer>();
      child.send(order);
      return waiting.promise;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The other side: answers every order until the benchmark is gone. */
export function answerOrders<Order, Answer>(work: (order: Order) => Promise<Answer>): void {
  process.on('message', async (order) => {
    process.send?.(await work(order as Order));
  });
  process.on('disconnect', () => process.exit());
}
