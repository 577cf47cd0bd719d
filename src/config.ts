import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { unfitToSend } from './nps/sender.ts';
import type { SignIn } from './salesforce/connection.ts';

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);
const words = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter((word) => word !== ''));
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const loopbackUrl = z.url().refine((url) => URL.canParse(url) && LOOPBACK.includes(new URL(url).hostname), {
  error: 'must be on this machine: only a sandbox may move the time',
});

const sender = z.email().refine((address) => unfitToSend(address) === undefined, {
  error: 'must be an address of a domain of your own, authenticated at SendGrid',
});

const domain = z
  .string()
  .toLowerCase()
  .regex(/^(?=.{4,200}$)([a-z0-9-]+\.)+[a-z]{2,}$/, { error: 'must be a domain of your own, such as reply.acme.com' });

const P256_KEY = z.string().refine(isP256Key, {
  error: 'must be the verification key as SendGrid shows it, one line of base64',
});

/** Every variable the service reads. README's table is made from the descriptions. */
export const ENVIRONMENT = z.object({
  PORT: port(3000).describe('Port of the service'),
  PUBLIC_URL: z.url().optional().describe('Where customers reach the service; the links in mails begin with it'),
  DATABASE_URL: z.url().optional().describe('PostgreSQL to keep the outbox in; without it SQLite in DATA_DIR is used'),
  DATA_DIR: z.string().default('./data').describe('Folder of the embedded outbox'),
  LINK_SECRET: words.describe(
    'Secrets that sign links, newest first, separated by commas; at least 32 characters each',
  ),
  SALESFORCE_LOGIN_URL: z.url().optional().describe("The org's My Domain, https://acme.my.salesforce.com"),
  SALESFORCE_CLIENT_ID: z.string().optional().describe('Consumer key of the External Client App'),
  SALESFORCE_CLIENT_SECRET: z.string().optional().describe('Consumer secret, for the client credentials flow'),
  SALESFORCE_USERNAME: z.string().optional().describe('Integration user, for the JWT bearer flow'),
  SALESFORCE_PRIVATE_KEY: z.string().optional().describe('Path of the private key (PKCS #8), for the JWT bearer flow'),
  SALESFORCE_PUBSUB_ENDPOINT: z.string().default('api.pubsub.salesforce.com:7443').describe('Pub/Sub API'),
  SALESFORCE_PUBSUB_CA: z.string().optional().describe('Path of a further certificate authority for the Pub/Sub API'),
  SENDGRID_API_KEY: z
    .string()
    .optional()
    .describe('SendGrid key with the permissions Mail Send and, to read, Sender Authentication'),
  SENDGRID_BASE_URL: z.url().optional().describe('SendGrid, when it is not https://api.sendgrid.com'),
  SENDGRID_WEBHOOK_PUBLIC_KEY: P256_KEY.optional().describe(
    'Verification key of the signed Event Webhook; without it no event is taken',
  ),
  MAIL_FALLBACK_FROM: sender
    .optional()
    .describe('Address that sends for CSMs whose own domain SendGrid does not sign for; replies still reach the CSM'),
  MAIL_ALLOWLIST: words.describe(
    'Who may be mailed from a Salesforce sandbox: addresses, @domains or *; empty: nobody',
  ),
  REPLY_DOMAIN: domain
    .optional()
    .describe(
      'Domain at which SendGrid receives mail (Inbound Parse); replies of customers then go through the service',
    ),
  TRUSTED_PROXIES: words.describe('Addresses of the proxies whose X-Forwarded-For is believed'),
  CLOCK_URL: loopbackUrl.optional().describe("The sandbox's clock; never set by hand"),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('How much is logged'),
  SANDBOX_PORT: port(3001).describe('Port of the sandbox org and its mailbox'),
  SANDBOX_PUBSUB_PORT: port(3002).describe("Port of the sandbox's Pub/Sub API"),
  SANDBOX_ENV_FILE: z.string().optional().describe('File the sandbox writes the environment for a service to'),
});

export interface Config {
  port: number;
  publicUrl: string | undefined;
  databaseUrl: string | undefined;
  dataDir: string;
  linkSecrets: [string, ...string[]];
  signIn: SignIn;
  pubsub: { endpoint: string; caFile: string | undefined };
  sendgrid: { apiKey: string; baseUrl?: string };
  sendgridWebhookKey: string | null;
  mailFallbackFrom: string | null;
  mailAllowlist: string[];
  replyDomain: string | null;
  trustedProxies: string[];
  clockUrl: string | undefined;
  logLevel: string;
}

/** Says everything that is wrong with the environment at once, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(problems: readonly string[]) {
    super(['The environment is not complete:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
  }
}

type Environment = z.output<typeof ENVIRONMENT>;

/** True when nothing of the outside world is configured, so that the sandbox is to be started. */
export function wantsSandbox(environment: NodeJS.ProcessEnv): boolean {
  return !Object.entries(environment).some(([name, value]) => /^(SALESFORCE|SENDGRID)_/.test(name) && value);
}

/** What the sandbox is started with. @throws ConfigError */
export function readSandboxConfig(environment: NodeJS.ProcessEnv) {
  const { values, wrong } = parse(environment);
  if (wrong.size > 0) throw new ConfigError([...wrong.values()]);
  return { port: values.SANDBOX_PORT, pubsubPort: values.SANDBOX_PUBSUB_PORT, dataDir: values.DATA_DIR };
}

/** Reads the service's configuration. @throws ConfigError naming every variable that is missing or wrong */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const { values, wrong } = parse(environment);
  const problems = [...wrong.values(), ...missing(values, (name) => wrong.has(name))];
  const [newest, ...older] = values.LINK_SECRET;
  const signIn = signInFrom(values);
  if (problems.length > 0 || !newest || !signIn) throw new ConfigError(problems);
  return {
    port: values.PORT,
    publicUrl: values.PUBLIC_URL?.replace(/\/$/, ''),
    databaseUrl: values.DATABASE_URL,
    dataDir: values.DATA_DIR,
    linkSecrets: [newest, ...older],
    signIn,
    pubsub: { endpoint: values.SALESFORCE_PUBSUB_ENDPOINT, caFile: values.SALESFORCE_PUBSUB_CA },
    sendgrid: {
      apiKey: values.SENDGRID_API_KEY ?? '',
      ...(values.SENDGRID_BASE_URL && { baseUrl: values.SENDGRID_BASE_URL }),
    },
    sendgridWebhookKey: values.SENDGRID_WEBHOOK_PUBLIC_KEY ?? null,
    mailFallbackFrom: values.MAIL_FALLBACK_FROM ?? null,
    mailAllowlist: values.MAIL_ALLOWLIST,
    replyDomain: values.REPLY_DOMAIN ?? null,
    trustedProxies: values.TRUSTED_PROXIES,
    clockUrl: values.CLOCK_URL,
    logLevel: values.LOG_LEVEL,
  };
}

interface Parsed {
  values: Environment;
  /** What is wrong, by variable; such a variable counts as not set. */
  wrong: ReadonlyMap<string, string>;
}

/** An empty variable is one that is not set: that is how shells and .env files write it. */
function parse(environment: NodeJS.ProcessEnv): Parsed {
  const set = Object.entries(environment).filter(([, value]) => value !== '');
  const result = ENVIRONMENT.safeParse(Object.fromEntries(set));
  if (result.success) return { values: result.data, wrong: new Map() };
  const wrong = new Map(
    result.error.issues.map(({ path: [name], message }) => [String(name), `${String(name)}: ${message}`]),
  );
  const rest = set.filter(([name]) => !wrong.has(name));
  return { values: ENVIRONMENT.parse(Object.fromEntries(rest)), wrong };
}

const SHORTEST_SECRET = 32;

function missing(values: Environment, isWrong: (name: string) => boolean): string[] {
  const problems: string[] = [];
  const need = (name: keyof Environment, why: string) => {
    if (!values[name] && !isWrong(name)) problems.push(`${name} is missing: ${why}`);
  };
  need('SALESFORCE_LOGIN_URL', "the org's My Domain.");
  need('SALESFORCE_CLIENT_ID', 'the consumer key of the External Client App.');
  if (values.SALESFORCE_USERNAME || values.SALESFORCE_PRIVATE_KEY) {
    need('SALESFORCE_USERNAME', 'the JWT bearer flow signs in as this user.');
    need('SALESFORCE_PRIVATE_KEY', 'the JWT bearer flow signs with this key.');
  } else {
    need('SALESFORCE_CLIENT_SECRET', 'or set SALESFORCE_USERNAME and SALESFORCE_PRIVATE_KEY for the JWT bearer flow.');
  }
  need('SENDGRID_API_KEY', 'mails go out through SendGrid.');
  if (!values.CLOCK_URL) need('PUBLIC_URL', 'links in mails must lead here from outside.');
  if (values.LINK_SECRET.length === 0)
    problems.push('LINK_SECRET is missing: it signs the links in mails. `openssl rand -hex 32` makes one.');
  if (values.LINK_SECRET.some((secret) => secret.length < SHORTEST_SECRET)) {
    problems.push(`LINK_SECRET: each secret needs at least ${SHORTEST_SECRET} characters.`);
  }
  return problems;
}

function signInFrom(values: Environment): SignIn | undefined {
  const { SALESFORCE_LOGIN_URL: loginUrl, SALESFORCE_CLIENT_ID: clientId } = values;
  const {
    SALESFORCE_CLIENT_SECRET: clientSecret,
    SALESFORCE_USERNAME: username,
    SALESFORCE_PRIVATE_KEY: privateKeyFile,
  } = values;
  if (!loginUrl || !clientId) return undefined;
  if (username && privateKeyFile) return { loginUrl, clientId, username, privateKeyFile };
  return clientSecret ? { loginUrl, clientId, clientSecret } : undefined;
}

/** SendGrid signs with a key on the curve P-256, and shows its public half as base64 of its DER form. */
function isP256Key(text: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}
