import { pino } from 'pino';
import { type App, startApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { TestSandbox } from './sandbox.ts';
import { temporaryFolder } from './stack.ts';

/** The service of a sandbox in this process, on a free port; in a folder of its own unless one is given. */
export function startedService(
  { environment }: TestSandbox,
  dataDir = temporaryFolder(),
  settings: Record<string, string> = {},
): Promise<App> {
  return startApp(readConfig({ ...environment, ...settings, DATA_DIR: dataDir, PORT: '0' }), pino({ level: 'silent' }));
}
