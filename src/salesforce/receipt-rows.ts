import type { Accepted, Receipt } from '../loop/ports.ts';
import { type AskEntry, withEntry } from '../nps/advocacy.ts';
import { lastChosen } from '../nps/choices.ts';
import { statusAfter, whyUndelivered } from '../nps/delivery.ts';
import { isFirstMail } from '../nps/first-mail.ts';
import { advocacyOf, askFields, choiceFields, chosenOf } from './advocacy-state.ts';
import type { Row, RowChange } from './calls.ts';
import { newsOf } from './receipt-tasks.ts';
import { text, textOrNull } from './rows.ts';
import { withLine } from './sequence-state.ts';

/** What the org has of the surveys that receipts are about. */
export interface Known {
  surveys: ReadonlyMap<string, Row>;
  responses: ReadonlyMap<string, Row>;
  /** How far each survey has come by what was told so far, this batch included. */
  statuses: Map<string, string>;
}

/** The rows a receipt changes; none when what it is about is gone from the org. */
export function rowChangesFor(receipt: Receipt, known: Known): RowChange[] {
  const survey = known.surveys.get(receipt.surveyKey);
  if (receipt.kind === 'not-sent') return [];
  if (receipt.kind === 'withdrawn') return withdrawalChange(receipt, known);
  if (receipt.kind === 'changed') return decideAgain(receipt, known);
  if (receipt.kind === 'opt-out') return change('Contact', survey?.Contact__c, { NPS_Survey_Opt_Out__c: true });
  if (receipt.kind === 'chosen' || receipt.kind === 'ask-followed') return acceptedChange(receipt, known);
  const ofContact = receipt.kind === 'mail-event' && !survey?.Is_Test__c ? contactFields(receipt) : {};
  const contact = Object.keys(ofContact).length > 0 ? change('Contact', survey?.Contact__c, ofContact) : [];
  if (isFirstMail(receipt.template)) return [...invitationChange(receipt, known), ...contact];
  if (receipt.kind === 'mail-event') return contact;
  const response = known.responses.get(receipt.surveyKey);
  if (!response) return [];
  const asked = receipt.kind === 'mail-sent' && receipt.ask && { NPS_Advocacy_Asked_At__c: receipt.sentAt };
  return [
    ...change('NPS_Response__c', response.Id, stepFields(receipt, response)),
    ...(asked ? change('Contact', survey?.Contact__c, asked) : []),
  ];
}

/** The row is remembered as changed: several receipts of one call may be about it. */
function stepFields(receipt: Exclude<AboutMail, AboutEvent>, response: Row): Record<string, unknown> {
  if (receipt.kind === 'mail-refused') {
    const reason = `A mail of the sequence was refused: ${receipt.reason}`.slice(0, REASON_LIMIT);
    return {
      Sequence_Stopped__c: true,
      Sequence_Stop_Reason__c: reason,
      Current_Step__c: null,
      Next_Step_Due__c: null,
    };
  }
  const { template, sentAt, step = template, ask, offerVariant } = receipt;
  const isFirst = textOrNull(response.Acknowledged_With__c) === null;
  Object.assign(response, {
    Steps_Done__c: withLine(text(response.Steps_Done__c), { step, at: new Date(sentAt) }),
    ...(isFirst && { Acknowledged_With__c: template, Acknowledged_At__c: sentAt }),
  });
  const asked = ask && withAsk(response, { ask, what: 'asked', at: new Date(sentAt) });
  const { Steps_Done__c, Acknowledged_With__c, Acknowledged_At__c } = response;
  return {
    Steps_Done__c,
    ...(isFirst && { Acknowledged_With__c, Acknowledged_At__c }),
    ...asked,
    ...(offerVariant && { Offer_Variant__c: offerVariant }),
  };
}

/** What somebody accepted; the response may be gone. */
function acceptedChange(receipt: Extract<Receipt, Accepted>, { responses }: Known): RowChange[] {
  const response = responses.get(receipt.surveyKey);
  if (!response) return [];
  const at = new Date(receipt.at);
  if (receipt.kind === 'ask-followed')
    return change('NPS_Response__c', response.Id, withAsk(response, { ask: receipt.ask, what: 'followed', at }));
  const fields = choiceFields(lastChosen(chosenOf(response), { choice: receipt.choice, at }));
  return change('NPS_Response__c', response.Id, remembered(response, fields));
}

function withAsk(response: Row, entry: AskEntry): Record<string, unknown> {
  const { log, completed } = advocacyOf(response);
  return remembered(response, askFields({ log: withEntry(log, entry), completed }));
}

/** Further receipts of the call are about the row as it will be. */
function remembered(row: Row, fields: Record<string, unknown>): Record<string, unknown> {
  Object.assign(row, fields);
  return fields;
}

/** Only a survey that still waits is withdrawn: one that was sent meanwhile has asked somebody. */
function withdrawalChange(receipt: Extract<Receipt, { kind: 'withdrawn' }>, { surveys, statuses }: Known): RowChange[] {
  if (statuses.get(receipt.surveyKey) !== 'Queued') return [];
  statuses.set(receipt.surveyKey, 'Cancelled');
  const fields = { Status__c: 'Cancelled', ...why(receipt.code, receipt.reason) };
  return change('NPS_Survey__c', surveys.get(receipt.surveyKey)?.Id, fields);
}

/** It waits for nothing: the next look at deferred moments decides it. */
function decideAgain(receipt: Extract<Receipt, { kind: 'changed' }>, { surveys, statuses }: Known): RowChange[] {
  if (statuses.get(receipt.surveyKey) !== 'Queued') return [];
  statuses.set(receipt.surveyKey, 'Deferred');
  const fields = { Status__c: 'Deferred', Not_Before__c: receipt.at, ...why('CHANGED_SINCE', receipt.reason) };
  return change('NPS_Survey__c', surveys.get(receipt.surveyKey)?.Id, fields);
}

type AboutMail = Extract<Receipt, { kind: 'mail-sent' | 'mail-refused' | 'mail-event' }>;
type AboutEvent = Extract<Receipt, { kind: 'mail-event' }>;

/** An answer, or an event of the mail, can be faster than the receipt of the invitation; nothing told is lowered. */
function invitationChange(receipt: AboutMail, { surveys, statuses }: Known): RowChange[] {
  const before = statuses.get(receipt.surveyKey);
  if (before === undefined) return [];
  const survey = surveys.get(receipt.surveyKey);
  const after = statusAfter(before, factOf(receipt));
  statuses.set(receipt.surveyKey, after);
  const fields = { ...mailFields(receipt, survey, after !== before), ...(after !== before && { Status__c: after }) };
  return Object.keys(fields).length > 0 ? change('NPS_Survey__c', survey?.Id, fields) : [];
}

function factOf(receipt: AboutMail) {
  if (receipt.kind === 'mail-event') return receipt.event;
  return receipt.kind === 'mail-sent' ? 'sent' : 'refused';
}

function mailFields(receipt: AboutMail, survey: Row | undefined, isNew: boolean) {
  if (receipt.kind === 'mail-sent') {
    const { sentAt, from, subjectVariant } = receipt;
    return { Sent_At__c: sentAt, Sender__c: from, ...(subjectVariant && { Subject_Variant__c: subjectVariant }) };
  }
  if (receipt.kind === 'mail-refused') return isNew ? why('MAIL_REFUSED', receipt.reason) : {};
  const { event, reason, at } = receipt;
  if (event === 'delivered')
    // A process that died between the post and its receipt leaves the event to tell that the mail left.
    return { Delivered_At__c: at, ...(textOrNull(survey?.Sent_At__c) === null && { Sent_At__c: at }) };
  const undelivered = isNew && whyUndelivered(event, reason);
  return undelivered ? why(undelivered.code, undelivered.reason) : {};
}

const REASON_LIMIT = 255;

function why(code: string, reason: string) {
  return { Suppression_Code__c: code, Suppression_Reason__c: reason.slice(0, REASON_LIMIT) };
}

function contactFields(receipt: AboutEvent): Record<string, unknown> {
  const news = newsOf(receipt)?.news;
  if (news === 'unwanted') return { NPS_Survey_Opt_Out__c: true };
  return news === 'dead-address' && receipt.email !== '' ? { NPS_Bounced_Address__c: receipt.email } : {};
}

function change(sobject: string, id: Row[string], fields: Record<string, unknown>): RowChange[] {
  return text(id) === '' ? [] : [{ sobject, id: text(id), fields }];
}
