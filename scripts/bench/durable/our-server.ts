// The service's own answer path as a process: link checked, answer stored with a shared commit, then the page.
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { openClock } from '../../../src/clock.ts';
import { answerDesk } from '../../../src/loop/answer.ts';
import { proposalDesk } from '../../../src/loop/proposals.ts';
import { openStationery } from '../../../src/mail/stationery.ts';
import { linkKeys } from '../../../src/nps/link.ts';
import { openSpool } from '../../../src/spool/open-spool.ts';
import { buildServer } from '../../../src/web/server.ts';
import { answerOrders } from '../helper-process.ts';

export interface OurServerOrder {
  dataDir: string;
  secret: string;
}

const TEMPLATES = fileURLToPath(new URL('../../../templates', import.meta.url));

answerOrders(async ({ dataDir, secret }: OurServerOrder): Promise<{ url: string }> => {
  const log = pino();
  const clock = await openClock(undefined);
  const spool = await openSpool({ dataDir, clock, log });
  const words = {
    company: 'Fernbrook Analytics',
    question: () => ({ text: 'What is the main reason for your score?', language: 'en' }),
    choice: () => ({ text: '', language: 'en' }),
    destination: () => null,
    quarantineMinutes: 30,
  };
  const parts = { links: linkKeys([secret]), spool, clock, wording: () => words };
  const server = buildServer({
    desk: { ...answerDesk(parts), ...proposalDesk(parts) },
    stationery: openStationery(TEMPLATES),
    readiness: async () => ({ ready: true, idle: false, standby: false }),
    log,
    visitorSalt: secret,
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  return { url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}` };
});
