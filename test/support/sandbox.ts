import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from 'jsforce';
import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { StoredMail } from '../../src/sandbox/sendgrid/mail-store.ts';

export interface CapturedEvent {
  event: string;
  payload: Record<string, unknown>;
  publishedBy: string;
  at: string;
}

export interface CallCounts {
  total: number;
  calls: { method: string; path: string; count: number }[];
}

/** A sandbox and short ways to read it over HTTP, as a stranger would. */
export interface TestSandbox extends Sandbox {
  dataDir: string;
  /** Newest last. */
  messages(): Promise<StoredMail[]>;
  events(): Promise<CapturedEvent[]>;
  calls(): Promise<CallCounts>;
  /** Travels by an ISO 8601 duration; resolves with the time arrived at. */
  advance(duration: string): Promise<Date>;
  /** jsforce, signed in as the org's admin. */
  adminConnection(): Promise<Connection>;
}

/** Starts a sandbox in a folder of its own, on free ports. Whoever starts it closes it, which removes the folder. */
export async function openTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'sandbox-'));
  const sandbox = await startSandbox({ port: 0, pubsubPort: 0, ...options, dataDir });
  const read = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await fetch(`${sandbox.url}${path}`, init);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T;
  };
  return {
    ...sandbox,
    dataDir,
    messages: () => read('/mail/messages'),
    events: () => read('/events'),
    calls: () => read('/calls'),
    async advance(duration) {
      const body = JSON.stringify({ advance: duration });
      const headers = { 'content-type': 'application/json' };
      const { now } = await read<{ now: string }>('/clock', { method: 'POST', headers, body });
      return new Date(now);
    },
    async adminConnection() {
      const connection = new Connection({ loginUrl: sandbox.url, version: '68.0' });
      const admin = { client_id: 'sandbox-admin', client_secret: 'sandbox-admin' };
      await connection.authorize({ grant_type: 'client_credentials', ...admin });
      return connection;
    },
    async close() {
      await sandbox.close();
      // A folder that was handed in is looked at again by whoever made it.
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The same for one test, closed when that ends. */
export async function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const sandbox = await openTestSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}
