import type { Act } from '../nps/followed-up.ts';
import type { Row } from './calls.ts';
import { dateOrNull, isRow, text, textOrNull } from './rows.ts';
import { dateTime, list } from './soql.ts';

/** For whom something may have been done, and since when. */
export interface ActedFor {
  accountIds: readonly string[];
  contactIds: readonly string[];
  since: Date;
}

/** Mails are records only where the org shows them. */
export interface MailShape {
  hasEmailMessages: boolean;
}

/** What `actQueries` found. */
export interface ActRows {
  tasks: readonly Row[];
  mails: readonly Row[];
  mailsTo: readonly Row[];
}

const NO_DRAFT = "Status != '5'";

/** Completed tasks with an outcome, logged calls, and mails of ours: about an account, or to a contact. */
export function actQueries(
  { accountIds, contactIds, since }: ActedFor,
  hasEmailMessages: boolean,
): Record<keyof ActRows, string | null> {
  const accounts = list(accountIds);
  const from = dateTime(since);
  return {
    tasks: `SELECT AccountId, WhoId, NPS_Response__c, NPS_Kind__c, NPS_Outcome__c, TaskSubtype, CompletedDateTime FROM Task WHERE AccountId IN ${accounts} AND IsClosed = true AND CompletedDateTime >= ${from} AND (TaskSubtype = 'Call' OR NPS_Outcome__c != null)`,
    mails: hasEmailMessages
      ? `SELECT RelatedToId, MessageDate FROM EmailMessage WHERE Incoming = false AND ${NO_DRAFT} AND MessageDate >= ${from} AND RelatedToId IN ${accounts}`
      : null,
    mailsTo:
      hasEmailMessages && contactIds.length > 0
        ? `SELECT RelationId, EmailMessage.MessageDate FROM EmailMessageRelation WHERE RelationType = 'ToAddress' AND RelationId IN ${list(contactIds)} AND EmailMessage.Incoming = false AND EmailMessage.${NO_DRAFT} AND EmailMessage.MessageDate >= ${from}`
        : null,
  };
}

export function actsOf({ tasks, mails, mailsTo }: ActRows): Act[] {
  return [
    ...tasks.flatMap((row) =>
      actAt(row.CompletedDateTime, {
        kind: row.TaskSubtype === 'Call' ? 'call' : 'task',
        responseId: textOrNull(row.NPS_Response__c),
        accountId: textOrNull(row.AccountId),
        contactId: textOrNull(row.WhoId),
        taskKind: textOrNull(row.NPS_Kind__c),
        outcome: textOrNull(row.NPS_Outcome__c),
      }),
    ),
    ...mails.flatMap((row) => actAt(row.MessageDate, { ...MAIL, accountId: text(row.RelatedToId) })),
    ...mailsTo.flatMap((row) =>
      isRow(row.EmailMessage) ? actAt(row.EmailMessage.MessageDate, { ...MAIL, contactId: text(row.RelationId) }) : [],
    ),
  ];
}

const MAIL = {
  kind: 'mail',
  responseId: null,
  accountId: null,
  contactId: null,
  taskKind: null,
  outcome: null,
} as const;

function actAt(at: Row[string], act: Omit<Act, 'at'>): Act[] {
  const date = dateOrNull(at);
  return date ? [{ ...act, at: date }] : [];
}
