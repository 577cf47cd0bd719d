import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { startOrgAlone, temporaryFolder } from '../../test/support/stack.ts';

const ROOT = join(import.meta.dirname, '../..');
const PROGRAM = join(import.meta.dirname, 'node_modules/@salesforce/cli/bin/run.js');

/** What the CLI said and how it ended. */
export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** The published sf CLI as one person has it: with a home and a project folder of their own. */
export interface Cli {
  project: string;
  run(...words: string[]): Promise<Outcome>;
  /** Runs with `--json` and returns the `result`; throws with what the CLI said when it fails. */
  result<T>(...words: string[]): Promise<T>;
  /** Runs with `--json` what has to fail, and returns the error. */
  failure(...words: string[]): Promise<{ name: string; message: string }>;
}

/** A CLI in a new home, with a copy of our project: what it writes beside the metadata stays out of the repository. */
export function openCli(environment: Record<string, string> = {}): Cli {
  const project = temporaryFolder();
  for (const part of ['force-app', 'sfdx-project.json', '.forceignore']) {
    cpSync(join(ROOT, part), join(project, part), { recursive: true });
  }
  const env = { ...quiet(temporaryFolder()), ...environment };
  const run = (...words: string[]) =>
    new Promise<Outcome>((resolve) => {
      execFile(process.execPath, [PROGRAM, ...words], { cwd: project, env }, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
      });
    });
  const json = async (words: string[]) => {
    const { stdout, stderr } = await run(...words, '--json');
    return JSON.parse(stdout || stderr);
  };
  return {
    project,
    run,
    async result<T>(...words: string[]) {
      const said = await json(words);
      if (said.status !== 0) throw new Error(`sf ${words.join(' ')} failed: ${JSON.stringify(said, null, 2)}`);
      return said.result as T;
    },
    async failure(...words) {
      const said = await json(words);
      if (said.status === 0) throw new Error(`sf ${words.join(' ')} did not fail: ${JSON.stringify(said, null, 2)}`);
      return said;
    },
  };
}

/** No telemetry, no look for updates, no keychain, no colours: nothing but what was asked for. */
function quiet(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    SF_ORG_METADATA_REST_DEPLOY: 'true',
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    NO_COLOR: '1',
  };
}

/** An org as a process of its own, and a CLI signed in to it as its admin under the alias that is the default. */
export async function openSignedIn(settings: Record<string, string> = {}, dataDir = temporaryFolder()) {
  const org = await startOrgAlone(dataDir, settings);
  const url = String(org.addresses.Org);
  const cli = openCli({ SF_ACCESS_TOKEN: adminToken(org.output()) });
  await cli.result('org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--set-default');
  return { org, url, cli, dataDir };
}

/** The access token a sandbox prints for `sf` in its banner. */
export function adminToken(banner: string): string {
  const token = /SF_ACCESS_TOKEN='([^']+)'/.exec(banner)?.[1];
  if (token === undefined) throw new Error(`The sandbox printed no token for sf:\n${banner}`);
  return token;
}
