import { randomUUID } from 'node:crypto';
import { openClock } from './clock.ts';
import type { Config } from './config.ts';
import { composeBoard, keepBoard } from './loop/board.ts';
import { readSubjects } from './loop/compare-subjects.ts';
import { examine } from './loop/doctor.ts';
import { planSurveys } from './loop/plan.ts';
import type { BoardKeeper, BoardReader, Checkup, Planner, Rehearser, SubjectReader, TestSender } from './loop/ports.ts';
import { rehearse } from './loop/rehearse.ts';
import { withSoundTriggers } from './loop/sound-triggers.ts';
import { sendTest } from './loop/test-send.ts';
import { senderDomains } from './mail/sender-domains.ts';
import { connectSendGrid } from './mail/sendgrid.ts';
import { keyProblem } from './mail/sendgrid-key.ts';
import { openStationery } from './mail/stationery.ts';
import { allowList } from './nps/allow-list.ts';
import { linkKeys } from './nps/link.ts';
import { replyAddresses } from './nps/reply-address.ts';
import { identityOf, openBus } from './salesforce/bus.ts';
import { openOrg } from './salesforce/org.ts';

/** What an admin does from a command line. */
export interface Admin {
  plan: Planner;
  subjects: SubjectReader;
  board: BoardReader;
  keepBoard: BoardKeeper;
  examine(): Promise<Checkup[]>;
  /** Its links lead nowhere: whoever tries them in a mail that was only looked at must not give an answer. */
  rehearse: Rehearser;
  testSend: TestSender;
  close(): void;
}

const TEMPLATES = new URL('../templates', import.meta.url).pathname;

/**
 * Puts together what an admin's commands need: the org without the outbox, so that they work beside a running service.
 *
 * @throws when the sandbox's clock does not answer
 */
export async function openForAdmin(config: Config): Promise<Admin> {
  const clock = await openClock(config.clockUrl);
  const stationery = openStationery(TEMPLATES);
  const org = withSoundTriggers(openOrg(config.signIn, clock), stationery);
  const publicUrl = config.publicUrl ?? `http://localhost:${config.port}`;
  const addresses = config.replyDomain === null ? null : replyAddresses(config.replyDomain, config.linkSecrets);
  const asking = async () => {
    const { isSandbox } = await org.organization();
    return {
      ...{ org, clock, stationery, publicUrl },
      mayBeMailed: allowList(isSandbox, config.mailAllowlist),
      senderDomains: senderDomains(config.sendgrid, clock),
      fallbackFrom: config.mailFallbackFrom,
      replyAddress: (surveyKey: string) => addresses?.addressFor(surveyKey) ?? null,
    };
  };
  const maySubscribe = async (topicName: string) => {
    const identity = identityOf(await org.connection(), (await org.organization()).id);
    const bus = await openBus(config.pubsub.endpoint, config.pubsub.caFile, identity);
    return bus.maySubscribe(topicName).finally(bus.close);
  };
  return {
    plan: (options) => planSurveys(options, { org, clock, mailAllowlist: config.mailAllowlist }),
    subjects: (since) => readSubjects(since, { org, clock }),
    board: (quarter) => composeBoard(quarter, { org, clock }),
    keepBoard: (board, pdf) => keepBoard(board, pdf, { org, clock }),
    examine: () =>
      examine({
        org,
        clock,
        maySubscribe,
        mailProblem: () => keyProblem(config.sendgrid),
        hearsOfMails: config.sendgridWebhookKey !== null,
        addressProblem: () => addressProblem(publicUrl),
      }),
    rehearse: async (options) => rehearse(options, { ...(await asking()), links: linkKeys([randomUUID()]) }),
    async testSend(options, address) {
      const links = linkKeys(config.linkSecrets);
      const postbox = connectSendGrid(config.sendgrid);
      return sendTest(options, address, { ...(await asking()), links, postbox, unique: randomUUID });
    },
    close: () => clock.stop(),
  };
}

/** Why customers' links would lead nowhere; null when the service answers there. */
async function addressProblem(url: string): Promise<string | null> {
  const problem = await fetch(`${url}/healthz`).then(
    ({ ok, status }) => (ok ? null : `it answered ${status}`),
    (error: Error) => error.message,
  );
  return (
    problem &&
    `The service is not at ${url} (${problem}). Start it, and check PUBLIC_URL: the links in mails begin with it.`
  );
}
