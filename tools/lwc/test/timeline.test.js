import NpsRequestNote from 'c/npsRequestNote';
import NpsTimeline from 'c/npsTimeline';
import { graphql } from 'lightning/graphql';
import { getObjectInfo } from 'lightning/uiObjectInfoApi';
import { getRecord, notifyRecordUpdateAvailable, updateRecord } from 'lightning/uiRecordApi';
import { createElement } from 'lwc';
import { ACCOUNT, history, NOW } from '../fixture';

const RECORD_ID = '001000000000001AAA';
const settled = () => new Promise(process.nextTick);
const refresh = jest.fn(async () => {});
let element;

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick'] });
  element = createElement('c-nps-timeline', { is: NpsTimeline });
  element.recordId = RECORD_ID;
  document.body.append(element);
});

afterEach(() => {
  element.remove();
  jest.clearAllMocks();
  jest.useRealTimers();
});

const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
const text = () => element.shadowRoot.textContent;

async function shown({ given = history(), account = ACCOUNT, updateable = true } = {}) {
  getRecord.emit(account);
  getObjectInfo.emit({ fields: { Request__c: { updateable } } });
  graphql.emit(given, undefined, refresh);
  await settled();
}

async function choose(action) {
  const menu = all('lightning-button-menu').find((one) =>
    [...one.querySelectorAll('lightning-menu-item')].some(({ value }) => value === action),
  );
  menu.dispatchEvent(new CustomEvent('select', { detail: { value: action } }));
  await settled();
  return menu.dataset.id;
}

describe('npsTimeline', () => {
  it('asks for the account of its page, and waits until account and answers are there', async () => {
    expect(graphql.getLastConfig().variables).toEqual({ accountId: RECORD_ID, most: 50 });
    expect(all('lightning-spinner')).toHaveLength(1);
    getRecord.emit(ACCOUNT);
    await settled();
    expect(all('lightning-spinner')).toHaveLength(1);
    await shown();
    expect(all('lightning-spinner')).toHaveLength(0);
  });

  it('leads with score, average, net score, trend, count and last survey, and says what is at risk', async () => {
    await shown();
    expect(all('dl c-nps-segment')[0]).toMatchObject({ score: 3, segment: 'Detractor' });
    expect(all('dd').map(({ textContent }) => textContent)).toEqual([
      '',
      '7',
      '-100',
      'Declining',
      '5',
      'Nov 20, 2026',
    ]);
    expect(all('.warning')[0].textContent).toContain('the contract ends in 61 days');
  });

  it('tells answers and invitations in one story, the reason of a suppressed one in it', async () => {
    await shown();
    expect(all('.story > li')).toHaveLength(11);
    expect(text()).toContain('nobody told us when that ends');
    expect(text()).toContain('90 days must lie between two surveys');
    expect(all('lightning-badge').map(({ label }) => label)).toEqual([
      ...['Deferred', 'Provisional', 'Suppressed', 'Delivered', 'Void', 'Sent'],
    ]);
  });

  it('calls the values of picklists as the org does', async () => {
    const called = { Detractor: 'Kritiker', Void: 'Ungültig', Suppressed: 'Unterdrückt', Declining: 'Fallend' };
    const { NPS_Segment__c, NPS_Trend__c } = ACCOUNT.fields;
    const fields = {
      ...ACCOUNT.fields,
      NPS_Segment__c: { ...NPS_Segment__c, displayValue: called.Detractor },
      NPS_Trend__c: { ...NPS_Trend__c, displayValue: called.Declining },
    };
    await shown({ given: history(undefined, undefined, called), account: { fields } });
    expect(all('dd').map(({ textContent }) => textContent)[3]).toBe('Fallend');
    const detractors = all('c-nps-segment').filter(({ segment }) => segment === 'Detractor');
    expect(detractors.map(({ label }) => label)).toEqual(detractors.map(() => 'Kritiker'));
    const badges = all('lightning-badge').map(({ label }) => label);
    expect(badges).toEqual(['Deferred', 'Provisional', 'Unterdrückt', 'Delivered', 'Ungültig', 'Sent']);
  });

  it('shows what comes next, what is late first for each answer', async () => {
    await shown();
    expect(all('.next li').map(({ className }) => className)).toEqual(['overdue', '']);
  });

  it('can be read as a table instead of a chart', async () => {
    await shown();
    expect(all('c-nps-score-chart')).toHaveLength(1);
    all('lightning-button')
      .find(({ variant }) => variant === 'base')
      .click();
    await settled();
    expect(all('c-nps-score-chart')).toHaveLength(0);
    expect(all('tbody tr')).toHaveLength(7);
    expect(all('th').every((head) => head.getAttribute('scope') === 'col')).toBe(true);
  });

  it('says so when nobody was asked yet', async () => {
    await shown({ given: history([], []) });
    expect(text()).toContain('c.NPS_Nobody_Asked');
    expect(all('c-nps-score-chart')).toHaveLength(0);
  });

  it('says what went wrong, and tries again', async () => {
    getRecord.emit(ACCOUNT);
    graphql.emitErrors([{ message: 'No access.' }], undefined, refresh);
    await settled();
    expect(all('[role="alert"]')).toHaveLength(1);
    all('[role="alert"] lightning-button')[0].click();
    await settled();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(all('lightning-spinner')).toHaveLength(1);
  });

  it('offers nothing to who may not change anything', async () => {
    await shown({ updateable: false });
    expect(all('lightning-button-menu')).toHaveLength(0);
  });

  it('marks an answer as resolved', async () => {
    const toast = jest.fn();
    element.addEventListener('lightning__showtoast', toast);
    await shown();
    const id = await choose('Resolve');
    expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: id, Resolved__c: true } });
    expect(toast.mock.calls[0][0].detail.variant).toBe('success');
  });

  it('asks for a pause, and looks again at once and when the service has done it', async () => {
    await shown();
    const id = await choose('Pause');
    expect(updateRecord).toHaveBeenCalledWith({ fields: { Id: id, Request__c: 'Pause' } });
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(notifyRecordUpdateAvailable).toHaveBeenCalledWith([{ recordId: RECORD_ID }]);
    jest.advanceTimersByTime(5000);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('voids an answer only with a note, which goes with the request', async () => {
    NpsRequestNote.open = jest.fn(async () => 'The intern clicked.');
    await shown();
    const id = await choose('Void');
    expect(NpsRequestNote.open.mock.calls[0][0]).toMatchObject({ isDestructive: true, size: 'small' });
    const fields = { Id: id, Request__c: 'Void', Request_Note__c: 'The intern clicked.' };
    expect(updateRecord).toHaveBeenCalledWith({ fields });
  });

  it('changes nothing when the note was left', async () => {
    NpsRequestNote.open = jest.fn(async () => undefined);
    await shown();
    await choose('Log Follow-Up');
    expect(updateRecord).not.toHaveBeenCalled();
  });

  it('says why a change was refused', async () => {
    const toast = jest.fn();
    element.addEventListener('lightning__showtoast', toast);
    updateRecord.mockRejectedValueOnce({ body: { message: 'The record is locked.' } });
    await shown();
    await choose('Pause');
    expect(toast.mock.calls[0][0].detail).toMatchObject({ variant: 'error', message: 'The record is locked.' });
    expect(refresh).not.toHaveBeenCalled();
  });

  it('says when the story is cut', async () => {
    const given = history();
    given.uiapi.query.NPS_Response__c.pageInfo.hasNextPage = true;
    await shown({ given });
    expect(text()).toContain('c.NPS_Only_Newest');
  });
});
