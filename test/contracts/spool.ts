import { afterEach, beforeEach } from 'vitest';
import { claimTests } from './spool-claims.ts';
import { crashTests } from './spool-crashes.ts';
import { decisionTests } from './spool-decisions.ts';
import { departureTests } from './spool-departures.ts';
import { Bench, type SpoolStorage } from './spool-storage.ts';
import { writeTests } from './spool-writes.ts';

/** What every spool must do, whatever it is kept in. Called within a `describe`. */
export function spoolContract(newStorage: () => Promise<SpoolStorage>): void {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench(await newStorage());
  });
  afterEach(() => bench.discard());

  writeTests(() => bench);
  claimTests(() => bench);
  crashTests(() => bench);
  decisionTests(() => bench);
  departureTests(() => bench);
}
