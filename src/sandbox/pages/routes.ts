import type { FastifyInstance } from 'fastify';
import type { SandboxClock } from '../clock.ts';
import type { SandboxOrg } from '../org/open-org.ts';
import type { MailStore } from '../sendgrid/mail-store.ts';

export function pageRoutes(
  app: FastifyInstance,
  { org }: { org: SandboxOrg; clock: SandboxClock; mail: MailStore },
): void {
  app.get('/', () => org.query('SELECT Id, Name FROM Account'));
}
