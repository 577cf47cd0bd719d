import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type Config, readConfig, readSandboxConfig, wantsSandbox } from '../src/config.ts';

/**
 * What a command reaches the org with: the service's own environment, or that of the sandbox that was started in this
 * DATA_DIR.
 *
 * @throws when there is neither, or the environment is not complete
 */
export function configAtHand(): Config {
  if (!wantsSandbox(process.env)) return readConfig(process.env);
  const file = join(readSandboxConfig(process.env).dataDir, 'service.env');
  if (!existsSync(file)) {
    throw new Error(
      'No org is configured and no sandbox was started here. Run npm start first, or set the environment.',
    );
  }
  return readConfig({ ...process.env, ...parseEnv(readFileSync(file, 'utf8')) });
}
