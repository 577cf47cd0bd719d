import type { Receipt } from '../loop/ports.ts';
import { addressTask } from '../nps/address-task.ts';
import { type ContactNews, contactNews } from '../nps/delivery.ts';
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
  const contactId = textOrNull(survey.Contact__c);
  if (isOrdinary || contactId === null) return undefined;
  const account = isRow(survey.Account__r) ? survey.Account__r : {};
  const owner = [...userAt(survey, 'CSM__r'), ...userAt(account, 'Owner')].find(({ active }) => active);
  const contactName = isRow(survey.Contact__r) ? text(survey.Contact__r.Name) : '';
  const lost = { ...told, contactName, accountName: text(account.Name), reason: receipt.reason };
  const accountId = textOrNull(survey.Account__c);
  return {
    ref: 'task',
    method: 'POST',
    row: 'Task',
    fields: {
      ...addressTask({ ...lost, zone: owner?.timeZone ?? 'UTC', now }),
      ...(owner && { OwnerId: owner.id }),
      ...(accountId && { WhatId: accountId }),
      WhoId: contactId,
    },
  };
}
