import LAST_ASKED from '@salesforce/schema/Account.NPS_Last_Survey_Date__c';
import NET_SCORE from '@salesforce/schema/Account.NPS_Net_Score__c';
import COUNT from '@salesforce/schema/Account.NPS_Response_Count__c';
import RISK from '@salesforce/schema/Account.NPS_Risk__c';
import RISK_REASON from '@salesforce/schema/Account.NPS_Risk_Reason__c';
import ROLLING_AVERAGE from '@salesforce/schema/Account.NPS_Rolling_Average__c';
import SCORE from '@salesforce/schema/Account.NPS_Score__c';
import SEGMENT from '@salesforce/schema/Account.NPS_Segment__c';
import OPT_OUT from '@salesforce/schema/Account.NPS_Survey_Opt_Out__c';
import TREND from '@salesforce/schema/Account.NPS_Trend__c';
import RESPONSE from '@salesforce/schema/NPS_Response__c';
import REQUEST from '@salesforce/schema/NPS_Response__c.Request__c';
import REQUEST_NOTE from '@salesforce/schema/NPS_Response__c.Request_Note__c';
import RESOLVED from '@salesforce/schema/NPS_Response__c.Resolved__c';
import { reasonOf } from 'c/npsGraph';
import NpsRequestNote from 'c/npsRequestNote';
import { filled, inDecimals, inPoints } from 'c/npsWords';
import { graphql } from 'lightning/graphql';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import {
  getFieldDisplayValue,
  getFieldValue,
  getRecord,
  notifyRecordUpdateAvailable,
  updateRecord,
} from 'lightning/uiRecordApi';
import { api, LightningElement, wire } from 'lwc';
import { readHistory, storyOf } from './history';
import { ACTION_LABELS, answerItem, figuresOf, invitationItem, nextItems, warningsOf } from './items';
import { labels } from './labels';
import { HISTORY, MOST } from './query';

const FIELDS = [
  ...[SCORE, SEGMENT, ROLLING_AVERAGE, NET_SCORE, TREND],
  ...[COUNT, LAST_ASKED, OPT_OUT, RISK, RISK_REASON],
];
/** By then the service has carried out a request. */
const CARRIED_OUT_MS = 5000;
const WITH_NOTE = {
  Void: { explanation: labels.voidExplains, noteLabel: labels.reason, isDestructive: true },
  'Log Follow-Up': { explanation: labels.logExplains, noteLabel: labels.note },
};

/** What an account answered, was asked, and what follows, for its record page. */
export default class NpsTimeline extends LightningElement {
  @api recordId;
  labels = labels;
  columns = [labels.date, labels.score, labels.contact, labels.trigger, labels.verdict];
  onlyNewest = filled(labels.onlyNewest, MOST);
  showsChart = true;
  account;
  history;
  problem;
  mayAct = false;
  #refreshHistory;
  #later;

  @wire(getRecord, { recordId: '$recordId', fields: FIELDS })
  readAccount({ data, error }) {
    if (data) this.account = data;
    if (error) this.fail(error);
  }

  @wire(graphql, { query: HISTORY, variables: '$variables' })
  readAnswers({ data, errors, refresh }) {
    this.#refreshHistory = refresh ?? this.#refreshHistory;
    if (errors) this.fail(errors);
    else if (data) {
      this.history = readHistory(data.uiapi.query);
      this.problem = undefined;
    }
  }

  @wire(getObjectInfo, { objectApiName: RESPONSE })
  readRights({ data }) {
    this.mayAct = data?.fields[REQUEST.fieldApiName]?.updateable === true;
  }

  disconnectedCallback() {
    clearTimeout(this.#later);
  }

  get variables() {
    return this.recordId ? { accountId: this.recordId, most: MOST } : undefined;
  }

  get isLoading() {
    return !this.problem && !(this.account && this.history);
  }

  get numbers() {
    const value = (field) => getFieldValue(this.account, field);
    const told = (field, words) => (value(field) === null ? null : words(value(field)));
    const label = (field) => getFieldDisplayValue(this.account, field) ?? value(field);
    return {
      score: value(SCORE),
      segment: value(SEGMENT),
      segmentLabel: label(SEGMENT),
      rollingAverage: told(ROLLING_AVERAGE, inDecimals),
      netScore: told(NET_SCORE, inPoints),
      trend: value(TREND),
      trendLabel: label(TREND),
      count: value(COUNT),
      lastAsked: value(LAST_ASKED),
      isAtRisk: value(RISK),
      riskReason: value(RISK_REASON),
      optedOut: value(OPT_OUT),
    };
  }

  get figures() {
    return figuresOf(this.numbers);
  }

  get warnings() {
    return warningsOf(this.numbers);
  }

  get story() {
    const now = Date.now();
    return storyOf(this.history).map((item) =>
      item.kind === 'answer' ? answerItem(item, now, this.mayAct) : invitationItem(item),
    );
  }

  get answerItems() {
    return this.story.filter(({ isAnswer }) => isAnswer);
  }

  get next() {
    return nextItems(this.history.answers, Date.now());
  }

  get hasAnswers() {
    return this.history.answers.length > 0;
  }

  get isEmpty() {
    return this.story.length === 0;
  }

  get otherView() {
    return this.showsChart ? labels.showTable : labels.showChart;
  }

  switchView() {
    this.showsChart = !this.showsChart;
  }

  async act(event) {
    const { id } = event.currentTarget.dataset;
    const action = event.detail.value;
    if (action === 'Resolve') return this.change({ Id: id, [RESOLVED.fieldApiName]: true }, labels.markedResolved);
    const fields = { Id: id, [REQUEST.fieldApiName]: action };
    if (WITH_NOTE[action]) {
      const note = await NpsRequestNote.open({ size: 'small', label: ACTION_LABELS[action], ...WITH_NOTE[action] });
      if (!note) return;
      fields[REQUEST_NOTE.fieldApiName] = note;
    }
    return this.change(fields, filled(labels.requested, ACTION_LABELS[action]));
  }

  async change(fields, success) {
    try {
      await updateRecord({ fields });
    } catch (error) {
      this.tell('error', labels.nothingChanged, reasonOf(error));
      return;
    }
    this.tell('success', success);
    await this.refresh();
    this.#later = setTimeout(() => this.refresh(), CARRIED_OUT_MS);
  }

  async refresh() {
    this.problem = undefined;
    await Promise.all([this.#refreshHistory?.(), notifyRecordUpdateAvailable([{ recordId: this.recordId }])]);
  }

  fail(errors) {
    this.problem = filled(labels.cannotLoad, reasonOf(errors));
  }

  tell(variant, title, message) {
    this.dispatchEvent(new ShowToastEvent({ variant, title, message }));
  }
}
