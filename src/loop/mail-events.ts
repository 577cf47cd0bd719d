import { contactNews } from '../nps/delivery.ts';
import { isFirstMail } from '../nps/first-mail.ts';
import { OPT_OUT } from './answer.ts';
import type { Clock, Log, MailEvent, MailEventDesk, MailEventReader, NewItem, Spool } from './ports.ts';

interface MailEventParts {
  read: MailEventReader;
  spool: Spool;
  clock: Clock;
  log: Log;
}

const COMPLAIN_AGAIN_MS = 60_000;

/** Takes what the mail provider tells, once each event, and stores it before the provider may forget it. */
export function mailEventDesk({ read, spool, clock, log }: MailEventParts): MailEventDesk {
  let complainedAt = Number.NEGATIVE_INFINITY;

  /** Once a minute: strangers must not be able to fill the log. */
  const complain = (reason: string) => {
    const now = clock.wall().getTime();
    if (now - complainedAt < COMPLAIN_AGAIN_MS) return;
    complainedAt = now;
    log.warn({ reason }, 'A call of the mail event webhook was refused.');
  };

  return {
    async take(call) {
      const posted = read(call);
      if ('refused' in posted) {
        complain(posted.refused);
        return 'refused';
      }
      if ('unreadable' in posted) {
        complain('it is signed and no list of events');
        return 'unreadable';
      }
      await spool.put(posted.events.filter(isNews).map((event) => receiptOf(event, clock)));
      return 'taken';
    },
  };
}

/** That a reply to an answer arrived changes nothing. */
function isNews({ kind, template }: MailEvent): boolean {
  return kind !== 'delivered' || isFirstMail(template);
}

/** Who reports spam or unsubscribes leaves surveys: what waits for them waits until Salesforce was told. */
function receiptOf({ id, accountId, ...event }: MailEvent, clock: Clock): NewItem<'receipt'> {
  return {
    lane: 'receipt',
    key: contactNews(event) === 'unwanted' ? `${OPT_OUT}mail-event:${id}` : `mail-event:${id}`,
    accountId: accountId ?? event.surveyKey,
    payload: { ...event, kind: 'mail-event', event: event.kind },
    dueAt: clock.now(),
  };
}
