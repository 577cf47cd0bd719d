import type { HealthRow, ShownRow } from '../nps/health.ts';
import { flowRows, routingRuleRows, sequenceRows, settingsRow, silentFlows, triggerRows } from '../nps/health-rows.ts';
import { isFresh } from '../nps/heartbeat.ts';
import { COMMANDS } from './commands.ts';
import { beatsIn, settingsProblem } from './health.ts';
import { LIFECYCLE, type Topic } from './listen.ts';
import type { Checkup, Clock, Org, Trigger } from './ports.ts';
import { reasonOf } from './reason.ts';

interface DoctorParts {
  org: Org;
  clock: Clock;
  /** Whether the service may subscribe to a topic. */
  maySubscribe: (topicName: string) => Promise<boolean>;
  /** Why no mail could be handed over; null when it could. */
  mailProblem: () => Promise<string | null>;
  /** False when no event of a mail would be believed. */
  hearsOfMails: boolean;
  /** Why customers cannot reach the service; null when they can. */
  addressProblem: () => Promise<string | null>;
}

/** A key no record has: a read of it names every object and field, and finds nothing. */
const NOBODY = '000000000000000AAA';

const DEAF: Checkup = {
  what: 'Mail events',
  state: 'note',
  sentence:
    'SENDGRID_WEBHOOK_PUBLIC_KEY is not set, so nobody hears of mails that were delivered or came back. `npm run webhook` sets it up.',
};

/** Looks at everything the service stands on, by the service's own rules. Reads, and changes nothing. */
export async function examine({
  org,
  clock,
  maySubscribe,
  mailProblem,
  hearsOfMails,
  addressProblem,
}: DoctorParts): Promise<Checkup[]> {
  const [mail, address] = await Promise.all([mailProblem(), addressProblem()]);
  const outside = [
    checkup('Mail', mail, 'SendGrid takes mails.'),
    ...(hearsOfMails ? [] : [DEAF]),
    checkup('Address', address, 'Links lead to the service.'),
  ];
  const salesforce = await reached(org);
  if (salesforce.state === 'problem') return [salesforce, ...outside];
  const reads = await Promise.all(Object.entries(readsOf(org)).map(([what, read]) => readable(what, read)));
  const events = await Promise.all([LIFECYCLE, COMMANDS].map((topic) => heard(topic, maySubscribe)));
  const { shown } = await org.healthFacts().catch(() => ({ shown: new Map<string, ShownRow>() }));
  const triggers = [...(await org.triggers()).values()];
  return [
    salesforce,
    ...reads,
    ...events,
    checkup('Settings', settingsRow(await settingsProblem(org)).message || null, 'The NPS Setting record can be used.'),
    ...triggerCheckups(triggers),
    ...rowsAsCheckups(routingRuleRows(await org.routingRules(), new Map())),
    ...rowsAsCheckups(sequenceRows(await org.sequences())),
    ...silentFlows(triggers, shown, clock.now()).map((sentence) => ({
      what: 'Flows',
      state: 'note' as const,
      sentence,
    })),
    ...heartbeatCheckups(shown, clock),
    ...shownProblems(shown),
    ...outside,
  ];
}

async function reached(org: Org): Promise<Checkup> {
  try {
    const { name, id, isSandbox } = await org.organization();
    const kind = isSandbox ? 'a sandbox: only addresses on MAIL_ALLOWLIST are mailed' : 'production';
    return { what: 'Salesforce', state: 'ok', sentence: `Signed in to ${name} (${id}), ${kind}.` };
  } catch (error) {
    const sentence = `${oneLine(error)}. Check SALESFORCE_LOGIN_URL, the credentials, and that NPS Integration is assigned.`;
    return { what: 'Salesforce', state: 'problem', sentence };
  }
}

/** The reads the service lives by, for nobody. Settings may be broken; that is told by itself. */
function readsOf(org: Org): Record<string, () => Promise<unknown>> {
  return {
    Invitations: () => org.surveys([NOBODY]),
    Responses: () => org.answerFacts({ surveyKeys: [NOBODY], accountIds: [NOBODY] }),
    'NPS Health': () => org.healthFacts(),
  };
}

/** Without a grant the bus refuses the subscription, and nothing else would tell why nobody is asked or obeyed. */
async function heard({ name }: Topic, maySubscribe: DoctorParts['maySubscribe']): Promise<Checkup> {
  const event = name.replace('/event/', '');
  const problem = await maySubscribe(name).then(
    (may) => (may ? null : `The service may not subscribe to ${event}`),
    (error) => `The event bus does not serve ${event}: ${oneLine(error)}`,
  );
  const wayOut = 'Grant its user Read on it, as NPS Integration does, and check SALESFORCE_PUBSUB_ENDPOINT.';
  return checkup(event, problem && `${problem}. ${wayOut}`, 'The service may subscribe to it.');
}

async function readable(what: string, read: () => Promise<unknown>): Promise<Checkup> {
  const problem = await read().then(
    () => null,
    (error) =>
      `${oneLine(error)}. Deploy force-app/main as it is in this release, and grant NPS Integration to the service's user.`,
  );
  return checkup(what, problem, 'Everything the service reads is there and granted.');
}

function triggerCheckups(triggers: readonly Trigger[]): Checkup[] {
  if (!triggers.some(({ active }) => active)) {
    const sentence =
      'No NPS Trigger record is active, so nobody is asked. Set Active and Active From on those you want.';
    return [...rowsAsCheckups(triggerRows(triggers, new Map())), { what: 'Triggers', state: 'note', sentence }];
  }
  return rowsAsCheckups([...triggerRows(triggers, new Map()), ...flowRows(triggers)]);
}

function heartbeatCheckups(shown: ReadonlyMap<string, ShownRow>, { now }: Clock): Checkup[] {
  const sender = beatsIn(shown).find((beat) => beat.sends && isFresh(beat, now()));
  const problem = sender
    ? null
    : 'No installation of the service has shown a sign of life lately, so no mail is sent. Start it, and look at its log.';
  return [
    checkup('Service', problem, `${sender?.key} sends the mails; last sign of life ${sender?.at.toISOString()}.`),
  ];
}

/** What the service or a flow has told already and nothing above has looked at. */
function shownProblems(shown: ReadonlyMap<string, ShownRow>): Checkup[] {
  const told = [...shown.values()].filter(({ kind, key }) => isTold(kind, key));
  return rowsAsCheckups(told.filter(({ state }) => state !== 'OK'));
}

const isTold = (kind: HealthRow['kind'], key: string) =>
  kind === 'Dead Letters' || kind === 'Write Errors' || kind === 'Heartbeat' || key.startsWith('flow-run-');

/** Disabled stops a part of the programme; a warning does not. */
function rowsAsCheckups(rows: readonly HealthRow[]): Checkup[] {
  return rows.map(({ key, state, message }) => ({
    what: key,
    state: state === 'OK' ? 'ok' : state === 'Warning' ? 'note' : 'problem',
    sentence: message || 'Nothing to do.',
  }));
}

function checkup(what: string, problem: string | null, wellSentence: string): Checkup {
  return { what, state: problem === null ? 'ok' : 'problem', sentence: problem ?? wellSentence };
}

/** Without its full stop: the way out follows. */
function oneLine(error: unknown): string {
  return reasonOf(error).replace(/\s+/g, ' ').trim().replace(/\.$/, '');
}
