import type { Receipt } from '../loop/ports.ts';
import { addressTask } from '../nps/address-task.ts';
import { type ContactNews, contactNews } from '../nps/delivery.ts';
import type { UserFacts } from '../nps/eligibility.ts';
import { isFirstMail } from '../nps/first-mail.ts';
import { mailLog, type SentMail } from '../nps/mail-log.ts';
import type { Row } from './calls.ts';
import type { Node } from './graphs.ts';
import { userAt } from './people.ts';
import { isRow, text, textOrNull } from './rows.ts';

/** What a receipt says about a contact, if anything. */
export function newsOf(receipt: Receipt): { surveyKey: string; news: ContactNews } | undefined {
  if (receipt.kind !== 'mail-event') return undefined;
  const news = contactNews({ kind: receipt.event, cause: receipt.cause });
  return news && { surveyKey: receipt.surveyKey, news };
}

/**
 * The Task by which the CSM, or else the owner of the account, learns that mail does not reach a contact. Who leaves
 * surveys in the usual way needs none; neither does a test.
 */
export function taskFor(receipt: Receipt, survey: Row | undefined, now: Date): Node | undefined {
  const told = newsOf(receipt);
  if (!told || !survey || receipt.kind !== 'mail-event' || survey.Is_Test__c === true) return undefined;
  const isOrdinary = told.news === 'unwanted' && receipt.event !== 'spam-report';
  if (isOrdinary || textOrNull(survey.Contact__c) === null) return undefined;
  const owner = ownerOf(survey);
  const account = isRow(survey.Account__r) ? survey.Account__r : {};
  const contactName = isRow(survey.Contact__r) ? text(survey.Contact__r.Name) : '';
  const lost = { ...told, contactName, accountName: text(account.Name), reason: receipt.reason };
  return node({ ...addressTask({ ...lost, zone: owner?.timeZone ?? 'UTC', now }) }, survey, owner);
}

/** The mail that a receipt says has left, if it does. */
export function sentMail(receipt: Receipt): Omit<SentMail, 'zone'> | undefined {
  if (receipt.kind !== 'mail-sent') return undefined;
  const { surveyKey, template, step: which = template, subject, from, sentAt } = receipt;
  return { surveyKey, which, subject, from, sentAt: new Date(sentAt) };
}

/** The activity that says a mail left, on its contact and account, and on the response it follows; a test leaves none. */
export function logFor(receipt: Receipt, survey: Row | undefined, response: Row | undefined): Node | undefined {
  const mail = sentMail(receipt);
  if (!mail || !survey || survey.Is_Test__c === true) return undefined;
  const owner = ownerOf(survey);
  const log = mailLog({ ...mail, zone: owner?.timeZone ?? 'UTC' });
  const follows = isFirstMail(mail.which) ? undefined : response;
  return node({ ...log, ...(follows && { NPS_Response__c: follows.Id }) }, survey, owner);
}

/** The CSM, or else the owner of the account. */
function ownerOf(survey: Row): UserFacts | undefined {
  const account = isRow(survey.Account__r) ? survey.Account__r : {};
  return [...userAt(survey, 'CSM__r'), ...userAt(account, 'Owner')].find(({ active }) => active);
}

function node(fields: Record<string, unknown>, survey: Row, owner: UserFacts | undefined): Node {
  const [accountId, contactId] = [textOrNull(survey.Account__c), textOrNull(survey.Contact__c)];
  return {
    ref: 'task',
    method: 'POST',
    row: 'Task',
    fields: {
      ...fields,
      ...(owner && { OwnerId: owner.id }),
      ...(accountId && { WhatId: accountId }),
      ...(contactId && { WhoId: contactId }),
    },
  };
}
