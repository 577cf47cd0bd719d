import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

/** An org in this process and the service in one of its own, as it is started in production. */
export interface OrgWorld {
  sandbox: Sandbox;
  /** Where the service answers. */
  service: string;
  /** Resolves when the service has nothing left to do. */
  untilIdle(): Promise<void>;
  /** Makes every Salesforce call take this long; 0 ends it. Reading through `sandbox.org` is not a call. */
  delayCalls(milliseconds: number): Promise<void>;
  stop(): Promise<void>;
}

const SERVICE = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const START_TIMEOUT_MS = 20_000;
const IDLE_TIMEOUT_MS = 40_000;
const LOOK_EVERY_MS = 20;

export async function openOrgWorld(): Promise<OrgWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'nps-bench-'));
  const sandbox = await startSandbox({ port: 0, pubsubPort: 0, dataDir: folder, seed: 'empty-company' });
  const child = spawn(process.execPath, [SERVICE], {
    env: { PATH: process.env.PATH, ...sandbox.environment, DATA_DIR: join(folder, 'service'), PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const dieToo = () => child.kill('SIGKILL');
  process.once('exit', dieToo);

  let said = '';
  let service: string | undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    if (service) return;
    said += chunk;
    service = /^ +Service +(http:\S+)$/m.exec(said)?.[1];
  });
  const address = async () => service;
  const url = await until(address, START_TIMEOUT_MS, () => `The service did not start. It said:\n${said}`);

  return {
    sandbox,
    service: url,
    async untilIdle() {
      const isIdle = async () => {
        const answer = (await (await fetch(`${url}/readyz`)).json()) as { idle: boolean };
        return answer.idle || undefined;
      };
      await until(isIdle, IDLE_TIMEOUT_MS, () => 'The service is still not idle.');
    },
    async delayCalls(latencyMs) {
      await fetch(`${sandbox.url}/faults`, { method: 'DELETE' });
      if (latencyMs === 0) return;
      const response = await fetch(`${sandbox.url}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ path: '/services/data', latencyMs }),
      });
      if (!response.ok) throw new Error(`The sandbox takes no latency: ${await response.text()}`);
    },
    async stop() {
      process.off('exit', dieToo);
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      await sandbox.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Looks until there is something to see. */
async function until<T>(look: () => Promise<T | undefined>, timeout: number, failure: () => string): Promise<T> {
  const deadline = performance.now() + timeout;
  while (performance.now() < deadline) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await pause(LOOK_EVERY_MS);
  }
  throw new Error(failure());
}
