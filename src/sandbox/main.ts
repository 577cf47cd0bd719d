import { readSandboxConfig } from './config.ts';
import { writeEnvironment } from './environment-file.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { StartError } from './start-error.ts';

try {
  const config = readSandboxConfig(process.env);
  const sandbox = await startSandbox({
    port: config.SANDBOX_PORT,
    pubsubPort: config.SANDBOX_PUBSUB_PORT,
    dataDir: config.DATA_DIR,
    empty: config.SANDBOX_EMPTY,
    production: config.SANDBOX_PRODUCTION,
  });
  if (config.SANDBOX_ENV_FILE) writeEnvironment(config.SANDBOX_ENV_FILE, sandbox.environment);
  console.log(banner(sandbox));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exit(1);
}

function banner({ url, pubsubEndpoint, adminToken }: Sandbox): string {
  return `
  The sandbox is running: a Salesforce org, its event bus and a mailbox, on this machine only.

    Org         ${url}/
    Mailbox     ${url}/mail
    Pub/Sub     ${pubsubEndpoint}
    Admin       client credentials sandbox-admin / sandbox-admin
    sf          SF_ACCESS_TOKEN='${adminToken()}' sf org login access-token --instance-url ${url} --no-prompt

  Stop it with Ctrl+C; the next start finds it as it was.
`;
}
