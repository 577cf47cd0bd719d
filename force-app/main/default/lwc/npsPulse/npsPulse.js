import SEGMENT from '@salesforce/schema/NPS_Response__c.Segment__c';
import { bars } from 'c/npsGeometry';
import { reasonOf } from 'c/npsGraph';
import { filled, inDays, inMinutes, inNumber, inPoints } from 'c/npsWords';
import { graphql } from 'lightning/graphql';
import { NavigationMixin } from 'lightning/navigation';
import { getPicklistValues } from 'lightning/uiObjectInfoApi';
import { LightningElement, wire } from 'lwc';
import { labels } from './labels';
import {
  openDetractors,
  promotersToAsk,
  readAnswers,
  readFrom,
  readWindow,
  scoreOf,
  WEEK_MS,
  WEEKS,
  weeksOf,
} from './pulse';
import { COUNTED_ANSWERS, MOST, PAGE, WINDOW } from './query';

/** Stands for every record type, also where an object has none. */
const MASTER_RECORD_TYPE = '012000000000000AAA';

/** How many people a list names. */
const NAMED = 5;
const BARS = { width: 260, height: 60 };

/** The state of the programme now, over the answers the user may see, for a home or app page. */
export default class NpsPulse extends NavigationMixin(LightningElement) {
  labels = labels;
  now = Date.now();
  after = null;
  answers;
  total = 0;
  windowDays;
  segmentLabels = {};
  problem;
  #pages = new Map();
  #refreshWindow;

  @wire(getPicklistValues, { recordTypeId: MASTER_RECORD_TYPE, fieldApiName: SEGMENT })
  readSegments({ data }) {
    if (data) this.segmentLabels = Object.fromEntries(data.values.map(({ value, label }) => [value, label]));
  }

  @wire(graphql, { query: WINDOW })
  readWindow({ data, errors, refresh }) {
    this.#refreshWindow = refresh ?? this.#refreshWindow;
    if (errors) this.fail(errors);
    if (data) this.windowDays = readWindow(data.uiapi.query.NPS_Metric__c);
  }

  @wire(graphql, { query: COUNTED_ANSWERS, variables: '$variables' })
  readPage({ data, errors }) {
    if (errors) this.fail(errors);
    if (!data) return;
    const { pageInfo, totalCount, ...connection } = data.uiapi.query.NPS_Response__c;
    this.#pages.set(this.after, readAnswers(connection));
    const read = [...this.#pages.values()].flat();
    if (pageInfo.hasNextPage && read.length < MOST) {
      this.after = pageInfo.endCursor;
      return;
    }
    this.total = totalCount;
    this.answers = read;
  }

  get variables() {
    if (this.windowDays === undefined) return undefined;
    return { since: readFrom(this.now, this.windowDays), after: this.after, page: PAGE, most: MOST };
  }

  /** Reads everything anew: another moment is another query, so nothing comes from a cache. */
  refresh() {
    this.#pages = new Map();
    this.answers = undefined;
    this.problem = undefined;
    this.after = null;
    this.now = Date.now();
    this.#refreshWindow?.();
  }

  get isLoading() {
    return !this.problem && !this.answers;
  }

  get isEmpty() {
    return this.answers.length === 0;
  }

  get numbers() {
    return scoreOf(this.answers, this.now, this.windowDays);
  }

  get hasScore() {
    return this.numbers.n > 0;
  }

  get score() {
    return inPoints(this.numbers.score);
  }

  get interval() {
    return filled(labels.interval, inPoints(this.numbers.from), inPoints(this.numbers.to));
  }

  get intervalWidth() {
    return this.numbers.to - this.numbers.from;
  }

  get gauge() {
    const { score, from, to } = this.numbers;
    return filled(labels.gauge, inPoints(score), inPoints(from), inPoints(to));
  }

  get shares() {
    return Object.entries(this.numbers.counts).map(([segment, count]) => ({
      segment,
      label: this.segmentLabels[segment],
      text: inNumber(count),
    }));
  }

  get people() {
    return filled(labels.people, inNumber(this.numbers.n), inNumber(this.windowDays));
  }

  get weeks() {
    return weeksOf(this.answers, this.now);
  }

  get lastWeek() {
    return inNumber(this.weeks.at(-1));
  }

  get usualWeek() {
    const before = this.weeks.slice(0, -1);
    const mean = before.reduce((sum, count) => sum + count, 0) / before.length;
    return filled(labels.usualWeek, inNumber(mean), before.length);
  }

  get firstWeek() {
    return inDays(this.now - WEEKS * WEEK_MS);
  }

  get today() {
    return inDays(this.now);
  }

  get weeksSaid() {
    return filled(labels.weeks, WEEKS, this.weeks.join(', '));
  }

  get weekBars() {
    return bars(this.weeks, BARS).map((bar, index) => ({
      ...bar,
      key: `${index}`,
      look: index === WEEKS - 1 ? 'bar last' : 'bar',
    }));
  }

  get detractors() {
    return openDetractors(this.answers, this.now);
  }

  get openCounts() {
    const { overdue, waiting, unresolved } = this.detractors;
    return [
      { label: labels.overdue, count: inNumber(overdue.length), look: overdue.length > 0 ? 'state late' : 'state' },
      { label: labels.waiting, count: inNumber(waiting.length), look: 'state' },
      { label: labels.notResolved, count: inNumber(unresolved.length), look: 'state' },
    ];
  }

  get unanswered() {
    const { overdue, waiting } = this.detractors;
    return [
      ...overdue.map((answer) => this.person(answer, labels.overdueSince, answer.followUpDue, 'late')),
      ...waiting.map((answer) => this.person(answer, labels.due, answer.followUpDue, 'quiet')),
    ];
  }

  get hasOpen() {
    return this.unanswered.length > 0;
  }

  get openList() {
    return this.unanswered.slice(0, NAMED);
  }

  get openMore() {
    return more(this.unanswered);
  }

  get promoters() {
    return promotersToAsk(this.answers, this.now).map((answer) =>
      this.person(answer, labels.answered, answer.respondedAt, 'quiet'),
    );
  }

  get promoterCount() {
    return this.promoters.length;
  }

  get promoterList() {
    return this.promoters.slice(0, NAMED);
  }

  get promotersMore() {
    return more(this.promoters);
  }

  get cut() {
    if (this.total <= this.answers.length) return null;
    return filled(labels.cut, inNumber(this.answers.length), inNumber(this.total));
  }

  get asOf() {
    return filled(labels.asOf, inMinutes(this.now));
  }

  person({ id, contact, account, score, segment, respondedAt }, label, at, look) {
    const name = [contact, account].filter(Boolean).join(', ');
    const segmentLabel = this.segmentLabels[segment];
    return {
      id,
      url: `/${id}`,
      name,
      score,
      segment,
      segmentLabel,
      look,
      text: filled(label, inDays(at ?? respondedAt)),
    };
  }

  fail(errors) {
    this.problem = filled(labels.cannotLoad, reasonOf(errors));
  }

  open(event) {
    event.preventDefault();
    this[NavigationMixin.Navigate]({
      type: 'standard__recordPage',
      attributes: { recordId: event.currentTarget.dataset.id, actionName: 'view' },
    });
  }
}

function more(people) {
  return people.length > NAMED ? filled(labels.andMore, inNumber(people.length - NAMED)) : null;
}
