import { automaticBecause } from '../nps/automatic-mail.ts';
import { canBeWrittenFrom } from '../nps/eligibility.ts';
import { leadingScore } from '../nps/leading-score.ts';
import type { ReplyAddresses } from '../nps/reply-address.ts';
import { type ForwardParts, forwarded } from './forward.ts';
import type {
  Clock,
  CustomerReply,
  InboundMail,
  InboundReader,
  Item,
  Log,
  NewItem,
  Org,
  ReplyDesk,
  Spool,
} from './ports.ts';
import { reasonOf } from './reason.ts';
import { retryLater } from './worker.ts';

interface DeskParts {
  read: InboundReader;
  addresses: ReplyAddresses;
  spool: Spool;
  clock: Clock;
  log: Log;
}

/** Takes mails that customers wrote back, once each, and stores them before SendGrid may forget them. */
export function replyDesk({ read, addresses, spool, clock, log }: DeskParts): ReplyDesk {
  return {
    knows: addresses.isDoor,
    async take(fields) {
      const mail = read(fields);
      const surveyKey = mail.recipients.map(addresses.surveyKeyOf).find((key) => key !== undefined);
      if (surveyKey === undefined) {
        log.warn({ mail: mail.id }, 'A mail to no address of ours came in and was left alone.');
        return 'ignored';
      }
      const automatic = automaticBecause(mail);
      if (automatic !== undefined) {
        log.info({ survey: surveyKey, mail: mail.id, automatic }, 'An automatic reply was left alone.');
        return 'ignored';
      }
      await spool.put([replyItem(surveyKey, mail, clock.now())]);
      return 'taken';
    },
  };
}

function replyItem(surveyKey: string, mail: InboundMail, now: Date): NewItem<'reply'> {
  const { id, from, subject, reply, fullText, attachments } = mail;
  return {
    lane: 'reply',
    key: id,
    // Whose account it is, is read once Salesforce can be asked.
    accountId: surveyKey,
    payload: {
      id,
      surveyKey,
      from,
      subject,
      text: reply,
      fullText,
      attachments,
      score: leadingScore(reply) ?? null,
      at: now.toISOString(),
    },
    dueAt: now,
  };
}

export interface ReplyParts extends ForwardParts {
  org: Org;
  spool: Spool;
  log: Log;
  mayBeMailed: (email: string) => boolean;
}

/** Has replies written on their responses, and forwards each to the CSM, so that they can go on by mail. */
export async function takeUpReplies(items: Item<'reply'>[], parts: ReplyParts): Promise<void> {
  const { org, spool, clock, log } = parts;
  const surveys = await org.surveys(items.map(({ payload }) => payload.surveyKey));
  for (const item of items) {
    const survey = surveys.get(item.payload.surveyKey);
    const accountId = survey?.accountId;
    if (!survey || !accountId) {
      const reason = 'The survey that a customer replied to is gone from Salesforce, and with it whose reply it is.';
      log.error({ survey: item.payload.surveyKey }, reason);
      await spool.settle({ dead: [{ item, reason }] });
      continue;
    }
    // First of all: that nobody could be mailed must not keep the reply from Salesforce. The outbox knows it by its key.
    await spool.put([answerItem(item.payload, accountId, clock.now())]);
    try {
      const csm = await whoLooksAfter(survey, accountId, org);
      if (csm && parts.mayBeMailed(csm.email))
        await parts.postbox.send(await forwarded(item.payload, survey, csm, parts));
      else
        log.warn(
          { survey: survey.key },
          'A reply was not forwarded: nobody looks after the account, or may be mailed.',
        );
      await spool.settle({ done: [item] });
    } catch (error) {
      const reason = reasonOf(error);
      log.warn({ survey: survey.key, reason }, 'A reply could not be forwarded and will be tried again.');
      await spool.settle({ retry: [retryLater(item, reason, clock)] });
    }
  }
}

function answerItem(reply: CustomerReply, accountId: string, now: Date): NewItem<'answer'> {
  return { lane: 'answer', key: `reply:${reply.id}`, accountId, payload: { kind: 'replied', reply }, dueAt: now };
}

/** The CSM who asked, or whoever looks after the account today when they left. */
async function whoLooksAfter(
  { csm }: { csm: Parameters<typeof canBeWrittenFrom>[0] | null },
  accountId: string,
  org: Org,
) {
  if (csm && canBeWrittenFrom(csm)) return csm;
  const account = (await org.accountFacts([accountId])).get(accountId);
  return account?.csmCandidates.find(canBeWrittenFrom);
}
