import { writeFileSync } from 'node:fs';

/** Where in its DATA_DIR a sandbox says how to reach it, for programs that come along later. */
export const ENVIRONMENT_FILE = 'service.env';

/** Writes variables as `KEY=value`, one line each. */
export function writeEnvironment(path: string, environment: Readonly<Record<string, string>>): void {
  const lines = Object.entries(environment).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(path, lines.join(''));
}
