import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from 'jsforce';

/** A process of ours, as a person starts it, with the addresses its banner told. */
export interface RunningProcess {
  addresses: Record<string, string>;
  /** Seconds of the processor it took so far; unlike the wall's, they leave out what others do on the machine. Linux only. */
  processorSeconds(): number;
  output(): string;
  /** As the power cut does it: nothing is tidied up. */
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

const ROOT = new URL('../..', import.meta.url).pathname;
const START_TIMEOUT_MS = 90_000;
const running = new Set<ChildProcess>();

/** For the end of a suite: no process of it stays behind. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'nps-'));
}

/** `npm start` without npm: org, mailbox and service in one process, on free ports. */
export function startEverything(dataDir: string): Promise<RunningProcess> {
  return startProcess('src/main.ts', { DATA_DIR: dataDir, PORT: '0', SANDBOX_PORT: '0', SANDBOX_PUBSUB_PORT: '0' }, [
    'Service',
    'Org',
  ]);
}

/** Everything started in a new folder, with an admin at hand. */
export async function startedStack() {
  const stack = await startEverything(temporaryFolder());
  const { Service: service = '', Org: org = '' } = stack.addresses;
  return { stack, service, org, admin: await adminOf(org) };
}

/** The org and mailbox alone, with further settings of the sandbox, and the environment they offer a service. */
export async function startOrgAlone(dataDir: string, settings: Record<string, string> = {}) {
  const file = join(dataDir, 'service.env');
  const env = { DATA_DIR: dataDir, SANDBOX_PORT: '0', SANDBOX_PUBSUB_PORT: '0', SANDBOX_ENV_FILE: file, ...settings };
  const org = await startProcess('src/sandbox/main.ts', env, ['Org']);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const environment = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  return { ...org, environment };
}

/** The service alone, in the environment of an org that runs elsewhere. */
export function startServiceAlone(dataDir: string, environment: Record<string, string>): Promise<RunningProcess> {
  return startProcess('src/main.ts', { ...environment, DATA_DIR: dataDir }, ['Service']);
}

async function startProcess(
  entry: string,
  env: Record<string, string>,
  wanted: readonly string[],
): Promise<RunningProcess> {
  const child = spawn(process.execPath, ['scripts/run.mjs', entry], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const started = new Promise<Record<string, string>>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${entry} did not start in time. It said:\n${output}`)),
      START_TIMEOUT_MS,
    );
    const read = (chunk: Buffer) => {
      output += chunk;
      const addresses = Object.fromEntries(
        [...output.matchAll(/^ +(\w+) +(http:\S+?)\/?$/gm)].map(([, name, url]) => [name, url]),
      );
      if (!wanted.every((name) => name in addresses)) return;
      clearTimeout(timer);
      resolve(addresses);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    ended.then((code) => {
      clearTimeout(timer);
      reject(new Error(`${entry} ended with ${code}. It said:\n${output}`));
    });
  });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    addresses: await started,
    processorSeconds: () => processorSecondsOf(child),
    output: () => output,
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** Its `utime` and `stime`, in hundredths (man 5 proc). */
function processorSecondsOf({ pid }: ChildProcess): number {
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
  const [user, system] = fields.split(' ').slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) / 100;
}

/** Waits until the service has nothing left to do. */
export async function untilIdle(service: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let last = '';
  while (Date.now() < deadline) {
    const response = await fetch(`${service}/readyz`);
    last = await response.text();
    if (JSON.parse(last).idle === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The service is not idle: ${last}`);
}

/** An admin's connection to the org, through the unmodified client. */
export async function adminOf(org: string): Promise<Connection> {
  const connection = new Connection({ loginUrl: org, version: '68.0' });
  await connection.authorize({
    grant_type: 'client_credentials',
    client_id: 'sandbox-admin',
    client_secret: 'sandbox-admin',
  });
  return connection;
}

export interface Message {
  id: string;
  from: string;
  to: string;
  replyTo: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

export async function mailTo(org: string, address: string): Promise<Message[]> {
  const messages = (await (await fetch(`${org}/mail/messages`)).json()) as Message[];
  return messages.filter(({ to }) => to.includes(address));
}

/** The eleven links of an invitation, by score, read from its HTML as a stranger's script would. */
export function scoreLinks({ html }: Pick<Message, 'html'>): Map<string, string> {
  return new Map(
    [...html.matchAll(/<a\b[^>]*\bhref="([^"]+)"[^>]*>\s*(\d+)\s*<\/a>/g)].map(([, href = '', score = '']) => [
      score,
      href,
    ]),
  );
}

let people = 0;

/** A new customer as an admin enters one: an account with a CSM and one contact with an address. */
export async function newCustomer(admin: Connection, overrides: Record<string, unknown> = {}) {
  people += 1;
  const { records } = await admin.query<{ Id: string; Email: string; Name: string; TimeZoneSidKey: string }>(
    'SELECT Id, Name, Email, TimeZoneSidKey FROM User WHERE IsActive = true AND ManagerId != null AND Email != null ORDER BY Name LIMIT 1',
  );
  const [csm] = records;
  if (!csm) throw new Error('The org has no CSM.');
  const account = await admin.create('Account', {
    Name: `Harbour ${people} & Söhne`,
    NPS_CSM__c: csm.Id,
    ...overrides,
  });
  const email = `dana.${people}.${Date.now()}@harbour.example`;
  const contact = await admin.create('Contact', {
    AccountId: account.id,
    FirstName: 'Dana',
    LastName: "O'Neill",
    Email: email,
  });
  return { accountId: String(account.id), contactId: String(contact.id), email, csm };
}

export async function publish(
  admin: Connection,
  trigger: string,
  accountId: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  const { success } = await admin.create('NPS_Lifecycle__e', {
    Trigger__c: trigger,
    Account_Id__c: accountId,
    ...more,
  });
  if (!success) throw new Error('The event was not published.');
}

/** Moves the org's time (ISO 8601 duration) and waits until the service has done what fell due. */
export async function travel({ addresses }: RunningProcess, duration: string): Promise<void> {
  const body = JSON.stringify({ advance: duration });
  await fetch(`${addresses.Org}/clock`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  await untilIdle(addresses.Service ?? '');
}
