import { z } from 'zod';
import { StartError } from './start-error.ts';

const port = (usual: number) => z.coerce.number().int().min(0).max(65_535).default(usual);
const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');

const environment = z.object({
  SANDBOX_PORT: port(3001),
  SANDBOX_PUBSUB_PORT: port(3002),
  DATA_DIR: z.string().min(1).default('./data'),
  SANDBOX_ENV_FILE: z.string().min(1).optional(),
  SANDBOX_EMPTY: flag,
  SANDBOX_PRODUCTION: flag,
});

export type SandboxConfig = z.infer<typeof environment>;

/** The sandbox's settings. Throws StartError with a line for every variable that is wrong. */
export function readSandboxConfig(variables: NodeJS.ProcessEnv): SandboxConfig {
  const parsed = environment.safeParse(variables);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new StartError(`The sandbox cannot start with this environment:\n${lines.join('\n')}`);
}
