import { mkdirSync } from 'node:fs';
import { pino } from 'pino';
import { type App, startApp } from './app.ts';
import { type Config, readConfig, readSandboxConfig, wantsSandbox } from './config.ts';
import type { Sandbox } from './sandbox/sandbox.ts';

/** Stops in the order things were started in, last first, and only once. */
const started: { stop(): Promise<unknown> }[] = [];

async function start(): Promise<void> {
  const startedAt = performance.now();
  const environment = { ...process.env };
  let sandbox: Sandbox | undefined;
  if (wantsSandbox(environment)) {
    const options = readSandboxConfig(environment);
    mkdirSync(options.dataDir, { recursive: true });
    // Only now: a service for a real org has no use for a sandbox in its memory.
    const { startSandbox } = await import('./sandbox/sandbox.ts');
    sandbox = await startSandbox(options);
    started.push({ stop: sandbox.close });
    Object.assign(environment, sandbox.environment);
  }
  const config = readConfig(environment);
  mkdirSync(config.dataDir, { recursive: true });
  const app = await startApp(config, logger(config));
  started.push(app);
  sandbox?.link({ label: 'Plan', path: `${app.url}/plan` });
  console.log(banner(app, sandbox?.url, Math.round(performance.now() - startedAt)));
}

function logger({ logLevel }: Config) {
  const pretty = process.stdout.isTTY ? { transport: { target: 'pino-pretty' } } : {};
  return pino({ level: logLevel, ...pretty });
}

function banner({ url }: App, sandboxUrl: string | undefined, milliseconds: number): string {
  const lines = [
    `NPS for Salesforce is running (started in ${(milliseconds / 1000).toFixed(1)} s).`,
    '',
    `  Service   ${url}`,
  ];
  if (sandboxUrl) {
    lines.push(
      `  Org       ${sandboxUrl}`,
      `  Mailbox   ${sandboxUrl}/mail`,
      `  Plan      ${url}/plan`,
      '',
      'What to do next: open the org, publish a lifecycle moment for an account, read the mail in the mailbox and click a number.',
      'The answer stands on the account within seconds. Press Ctrl+C to stop; everything is kept for the next start.',
    );
  }
  return `\n${lines.join('\n')}\n`;
}

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const part of started.toReversed()) await part.stop();
  process.exit(0);
}

process.on('SIGINT', stop);
process.on('SIGTERM', stop);

try {
  await start();
} catch (error) {
  console.error(sentenceFor(error));
  process.exit(1);
}

/** Whoever starts the service reads a sentence; a stack trace helps only those who work on it. */
function sentenceFor(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is taken by another program. Stop that one, or set PORT to a free port.`;
  }
  return error.message;
}
