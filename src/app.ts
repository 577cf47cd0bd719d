import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { openClock } from './clock.ts';
import type { Config } from './config.ts';
import { answerDesk } from './loop/answer.ts';
import { sendMails } from './loop/ask.ts';
import { COMMANDS, followCommands } from './loop/commands.ts';
import { checkHealth, healthTick } from './loop/health.ts';
import { invite } from './loop/invite.ts';
import { LIFECYCLE, listen } from './loop/listen.ts';
import { mailEventDesk } from './loop/mail-events.ts';
import { outcomeTick } from './loop/outcomes.ts';
import { planSurveys } from './loop/plan.ts';
import type { Lane } from './loop/ports.ts';
import { proposalDesk } from './loop/proposals.ts';
import { record } from './loop/record.ts';
import { replyDesk, takeUpReplies } from './loop/replies.ts';
import { withSoundTriggers } from './loop/sound-triggers.ts';
import { sweeps, type Tick } from './loop/sweep.ts';
import { startTicking } from './loop/ticks.ts';
import { wordingOf } from './loop/wording.ts';
import { startWorker, type Worker } from './loop/worker.ts';
import { writeBack } from './loop/write-back.ts';
import { readInboundMail } from './mail/inbound-mail.ts';
import { mailEventReader } from './mail/mail-events.ts';
import { MailRefused } from './mail/mail-refused.ts';
import { registerAddresses } from './mail/register-addresses.ts';
import { senderDomains } from './mail/sender-domains.ts';
import { connectSendGrid } from './mail/sendgrid.ts';
import { openStationery } from './mail/stationery.ts';
import { allowList } from './nps/allow-list.ts';
import { linkKeys } from './nps/link.ts';
import { replyAddresses } from './nps/reply-address.ts';
import { identityOf, openBus } from './salesforce/bus.ts';
import { openOrg } from './salesforce/org.ts';
import { type Subscription, subscribe } from './salesforce/subscription.ts';
import { openSpool } from './spool/open-spool.ts';
import { INBOUND_PATH } from './web/inbound-mail.ts';
import { MAIL_EVENTS_PATH } from './web/mail-events.ts';
import { buildServer } from './web/server.ts';

export interface App {
  url: string;
  stop(): Promise<void>;
}

const TEMPLATES = new URL('../templates', import.meta.url).pathname;
const SIGN_IN_AGAIN_MS = 5_000;

/**
 * Puts the service together. Answers are taken from the first moment on; everything that needs Salesforce begins when
 * the org has been reached, and the start waits for that only as long as the first try takes.
 *
 * @param ticks which of the things done by the clock are done; all of them unless given
 * @throws when the spool is in use, belongs to another org, or the port is taken.
 */
export async function startApp(config: Config, log: Logger, ticks: (tick: Tick) => boolean = () => true): Promise<App> {
  const clock = await openClock(config.clockUrl);
  const spool = await openSpool({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, clock, log });
  const stationery = openStationery(TEMPLATES);
  const org = withSoundTriggers(openOrg(config.signIn, clock), stationery);
  const links = linkKeys(config.linkSecrets);
  const addresses = config.replyDomain === null ? null : replyAddresses(config.replyDomain, config.linkSecrets);
  const parts = { org, spool, clock, log };

  const wording = wordingOf(org, parts);
  const ticking = startTicking([healthTick(parts), ...sweeps(parts), outcomeTick(parts)].filter(ticks), parts);
  let workers: Partial<Record<Lane, Worker>> = {};
  let subscriptions: Subscription[] = [];

  const readiness = async () => {
    const ready = subscriptions.length > 0 && subscriptions.every((one) => one.connected()) && (await isInTime());
    if (ready) await ticking.catchUp();
    const pending = Object.values(await spool.pending()).some((items) => items > 0);
    const idle = ready && !pending && !subscriptions.some((one) => one.busy()) && !ticking.busy();
    return { ready, idle, standby: ready && !(await spool.holdsLease()) };
  };

  const isInTime = () =>
    clock.sync().then(
      () => true,
      () => false,
    );

  const server = buildServer({
    desk: { ...answerDesk({ links, spool, clock, wording }), ...proposalDesk({ links, spool, clock, wording }) },
    mailEvents: mailEventDesk({ read: mailEventReader(config.sendgridWebhookKey, clock), spool, clock, log }),
    ...(addresses && { replies: replyDesk({ read: readInboundMail, addresses, spool, clock, log }) }),
    stationery,
    readiness,
    log,
    visitorSalt: config.linkSecrets[0],
    trustedProxies: config.trustedProxies,
    // Beside a sandbox the server listens on this machine alone.
    planner: config.clockUrl
      ? (options) => planSurveys(options, { org, clock, mailAllowlist: config.mailAllowlist })
      : undefined,
  });
  await server.listen({ port: config.port, host: config.clockUrl ? '127.0.0.1' : '0.0.0.0' });
  const url = config.publicUrl ?? `http://localhost:${(server.server.address() as AddressInfo).port}`;

  // A sandbox's SendGrid learns where the service is from the service; a real one is told by whoever sets it up.
  if (config.clockUrl) {
    const inbound = addresses && { domain: addresses.domain, url: `${url}${INBOUND_PATH}/${addresses.door}` };
    await registerAddresses(config.sendgrid, { events: `${url}${MAIL_EVENTS_PATH}`, inbound }, log);
  }

  /** Nothing after the last await can fail, so a second try never finds work half begun. */
  const startWork = async () => {
    const { id: orgId, isSandbox } = await org.organization();
    await spool.bindToOrg(orgId);
    await tellDeadLetters();
    if (!(await spool.holdsLease())) await checkHealth(parts);
    const connection = await org.connection();
    const bus = await openBus(config.pubsub.endpoint, config.pubsub.caFile, identityOf(connection, orgId));
    wording();

    const mayBeMailed = allowList(isSandbox, config.mailAllowlist);
    const postbox = connectSendGrid(config.sendgrid);
    const isRefusedForGood = (error: unknown) => error instanceof MailRefused;
    const asking = {
      ...{ ...parts, postbox, stationery, links, publicUrl: url, mayBeMailed, isRefusedForGood },
      senderDomains: senderDomains(config.sendgrid, clock),
      fallbackFrom: config.mailFallbackFrom,
      replyAddress: (surveyKey: string) => addresses?.addressFor(surveyKey) ?? null,
    };
    workers = {
      event: startWorker({
        ...parts,
        lane: 'event',
        batch: 200,
        gather: 20,
        mayWork: () => spool.holdsLease(),
        work: (items) => invite(items, { ...parts, mayBeMailed, languages: stationery.languages }),
      }),
      command: startWorker({
        ...parts,
        lane: 'command',
        batch: 200,
        gather: 20,
        mayWork: () => spool.holdsLease(),
        work: (items) => followCommands(items, { ...parts, mayBeMailed, languages: stationery.languages }),
      }),
      reply: startWorker({
        ...parts,
        lane: 'reply',
        batch: 50,
        gather: 20,
        mayWork: () => spool.holdsLease(),
        work: (items) => takeUpReplies(items, asking),
      }),
      answer: startWorker({
        ...parts,
        lane: 'answer',
        batch: 500,
        gather: 50,
        work: (items) => writeBack(items, parts),
      }),
      mail: startWorker({
        ...parts,
        lane: 'mail',
        batch: 100,
        gather: 0,
        mayWork: () => spool.holdsLease(),
        work: (items) => sendMails(items, asking),
      }),
      receipt: startWorker({
        ...parts,
        lane: 'receipt',
        batch: 200,
        gather: 300,
        work: (items) => record(items, parts),
      }),
    };
    subscriptions = [LIFECYCLE, COMMANDS].map((topic) =>
      subscribe({
        bus,
        topic: topic.name,
        position: () => spool.position(topic.name),
        forgetPosition: () => spool.forgetPosition(topic.name),
        store: (events) => listen(events, topic, parts),
        // Any call with a token that ran out makes the connection sign in; this one costs nothing else.
        signInAnew: async () => void (await connection.requestGet('/services/oauth2/userinfo')),
        log,
      }),
    );
  };

  const tellDeadLetters = async () => {
    for (const letter of await spool.dead()) log.error(letter, 'An item could not be worked off and needs a person.');
  };

  spool.onPut((lane) => workers[lane]?.wake());
  clock.onJump(() => {
    for (const worker of Object.values(workers)) worker.wake();
    void ticking.catchUp();
  });

  let stopping = false;
  const keepTrying = async () => {
    while (!stopping && subscriptions.length === 0) {
      await new Promise((resolve) => setTimeout(resolve, SIGN_IN_AGAIN_MS));
      await startWork().catch((error: Error) => log.error({ error: error.message }, SALESFORCE_IS_AWAY));
    }
  };
  await startWork().catch((error: Error) => {
    if (error.name === 'SpoolOfAnotherOrg') throw error;
    log.error({ error: error.message }, SALESFORCE_IS_AWAY);
    void keepTrying();
  });

  return {
    url,
    async stop() {
      stopping = true;
      await server.close();
      await Promise.all(subscriptions.map((one) => one.stop()));
      await ticking.stop();
      await Promise.all(Object.values(workers).map((worker) => worker.stop()));
      clock.stop();
      await spool.close();
    },
  };
}

const SALESFORCE_IS_AWAY =
  'Salesforce cannot be reached. Answers are taken and kept meanwhile; check SALESFORCE_LOGIN_URL and the credentials if this goes on.';
