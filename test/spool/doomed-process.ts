import { Bench } from '../contracts/spool-storage.ts';

/** A process for the crash tests: `doomed-process.ts <where> put|claim` says what it did and waits to be killed. */
const [where = '{}', deed] = process.argv.slice(2);
const bench = new Bench({ where: JSON.parse(where), replicas: 1, discard: async () => undefined });
const spool = await bench.open();
const puts = ['0', '1', '2'].map((key) => bench.answer(key, `account ${key}`));
await Promise.all(puts.map((item) => spool.put([item])));
const count = deed === 'claim' ? (await spool.claim('answer', 10)).length : puts.length;
process.stdout.write(`${deed}: ${count}\n`);
setInterval(() => undefined, 1000);
