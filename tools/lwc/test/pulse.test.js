import NpsPulse from 'c/npsPulse';
import { graphql } from 'lightning/graphql';
import { getPicklistValues } from 'lightning/uiObjectInfoApi';
import { createElement } from 'lwc';
import { answer, counted, NOW, PROGRAMME, window } from '../fixture';

const settled = () => new Promise(process.nextTick);
let element;

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick'] });
  element = createElement('c-nps-pulse', { is: NpsPulse });
  document.body.append(element);
});

afterEach(() => {
  element.remove();
  jest.useRealTimers();
});

const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
const text = () => element.shadowRoot.textContent;

const asksForAnswers = ({ variables }) => variables !== undefined;
const asksForWindow = (config) => !('variables' in config);

async function counting(days) {
  graphql.emit(window(days), asksForWindow);
  await settled();
}

async function given(answers, page) {
  if (!graphql.getLastConfig().variables) await counting(365);
  graphql.emit(counted(answers, page), asksForAnswers);
  await settled();
}

describe('npsPulse', () => {
  it('asks for the answers of the window the service counts over, in pages as large as they come', async () => {
    expect(graphql.getLastConfig().variables).toBeUndefined();
    await counting(180);
    const { variables } = graphql.getLastConfig();
    expect(variables).toEqual({ since: '2026-05-27T09:00:00.000Z', after: null, page: 2000, most: 10_000 });
    expect(all('lightning-spinner')).toHaveLength(1);
  });

  it('asks for a year while there are no metrics yet', async () => {
    await counting(undefined);
    expect(graphql.getLastConfig().variables.since).toBe('2025-11-23T09:00:00.000Z');
  });

  it('asks for all the weeks it shows when the window is shorter, and scores only what lies in it', async () => {
    await counting(30);
    expect(graphql.getLastConfig().variables.since).toBe('2026-08-24T09:00:00.000Z');
    await given([answer(1, 9, 10, 'Jane Doe'), answer(2, 2, 60, 'John Roe')]);
    expect(all('.tile .big')[0].textContent).toBe('100');
    await given([answer(2, 2, 60, 'John Roe')]);
    expect(all('.gauge')).toHaveLength(0);
    expect(all('.tile')).toHaveLength(4);
  });

  it('calls the segments as the org does', async () => {
    getPicklistValues.emit({ values: [{ value: 'Detractor', label: 'Kritiker' }] });
    await given([answer(1, 2, 1, 'Jane Doe')]);
    const shown = all('c-nps-segment').map(({ segment, label }) => label ?? segment);
    expect(shown).toEqual(['Promoter', 'Passive', 'Kritiker', 'Kritiker']);
  });

  it('shows score, week, detractors and promoters', async () => {
    await given(PROGRAMME);
    expect(all('.tile')).toHaveLength(4);
    expect(all('.gauge')[0].getAttribute('aria-label')).toContain('c.NPS_Gauge');
    expect(all('.bar')).toHaveLength(13);
    expect(all('.people li').length).toBeLessThanOrEqual(10);
    expect(text()).not.toContain('c.NPS_Cut');
  });

  it('reads on until the last page', async () => {
    await given(PROGRAMME.slice(0, 100), { hasNextPage: true, endCursor: 'next', totalCount: PROGRAMME.length });
    expect(graphql.getLastConfig().variables.after).toBe('next');
    expect(all('lightning-spinner')).toHaveLength(1);
    await given(PROGRAMME.slice(100), { totalCount: PROGRAMME.length });
    expect(all('.tile')).toHaveLength(4);
    expect(text()).not.toContain('c.NPS_Cut');
  });

  it('says so when there are more answers than it reads', async () => {
    const page = Array.from({ length: 10_000 }, (_, index) => answer(index, 9, 1, 'Jane'));
    await given(page, { hasNextPage: true, endCursor: 'more', totalCount: 12_345 });
    expect(graphql.getLastConfig().variables.after).toBe(null);
    expect(text()).toContain('c.NPS_Cut');
  });

  it('opens the answer of a person', async () => {
    await given([answer(1, 10, 1, 'Jane Doe', { Account__r: { Name: 'Acme' } })]);
    const [link] = all('.people a');
    expect(link.textContent).toBe('Jane Doe, Acme');
    globalThis.org = {};
    link.click();
    expect(globalThis.org.navigated.attributes.recordId).toBe(link.dataset.id);
  });

  it('says so when nobody answered yet', async () => {
    await given([]);
    expect(text()).toContain('c.NPS_No_Answers');
  });

  it('says what went wrong, and asks anew, past any cache', async () => {
    await counting(365);
    graphql.emitErrors([{ message: 'No access.' }], asksForAnswers);
    await settled();
    expect(all('[role="alert"]')).toHaveLength(1);
    jest.setSystemTime(NOW + 1000);
    all('[role="alert"] lightning-button')[0].click();
    await settled();
    expect(graphql.getLastConfig().variables.since).toBe('2025-11-23T09:00:01.000Z');
    expect(all('lightning-spinner')).toHaveLength(1);
  });

  it('asks for the window anew when that failed', async () => {
    const refresh = jest.fn(async () => {});
    graphql.emitErrors([{ message: 'No access.' }], asksForWindow, refresh);
    await settled();
    all('[role="alert"] lightning-button')[0].click();
    await settled();
    expect(refresh).toHaveBeenCalledTimes(1);
    expect(all('lightning-spinner')).toHaveLength(1);
  });
});
