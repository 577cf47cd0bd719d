import type { Receipt } from '../loop/ports.ts';
import { addressTask, addressTaskKey } from '../nps/address-task.ts';
import { volunteerTask, volunteerTaskKey } from '../nps/advocacy-task.ts';
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

/** The key of the Task that a receipt may make; there may be one already. */
export function taskKeyOf(receipt: Receipt): string | undefined {
  if (receipt.kind === 'ask-followed') return receipt.promised ? volunteerTaskKey(receipt) : undefined;
  const told = newsOf(receipt);
  return told && addressTaskKey(told);
}

/** What a Task says, in Salesforce's field names; it depends on who is to do it. */
type Words = (about: { contactName: string; accountName: string; zone: string }) => object;

/**
 * The Task by which the CSM, or else the owner of the account, learns that mail does not reach a contact, or that one
 * was told to hear from them. A test makes none.
 */
export function taskFor(receipt: Receipt, survey: Row | undefined, now: Date): Node | undefined {
  const words = wordsOf(receipt, now);
  if (!words || !survey || survey.Is_Test__c === true || textOrNull(survey.Contact__c) === null) return undefined;
  const owner = ownerOf(survey);
  const account = isRow(survey.Account__r) ? survey.Account__r : {};
  const contactName = isRow(survey.Contact__r) ? text(survey.Contact__r.Name) : '';
  const about = { contactName, accountName: text(account.Name), zone: owner?.timeZone ?? 'UTC' };
  return node({ ...words(about) }, survey, owner);
}

/** Who leaves surveys in the usual way needs no Task. */
function wordsOf(receipt: Receipt, now: Date): Words | undefined {
  if (receipt.kind === 'ask-followed')
    return receipt.promised ? (about) => volunteerTask({ ...about, ...receipt, now }) : undefined;
  const told = newsOf(receipt);
  if (!told || receipt.kind !== 'mail-event') return undefined;
  const isOrdinary = told.news === 'unwanted' && receipt.event !== 'spam-report';
  return isOrdinary ? undefined : (about) => addressTask({ ...about, ...told, reason: receipt.reason, now });
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
