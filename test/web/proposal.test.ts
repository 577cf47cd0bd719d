import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStationery } from '../../src/mail/stationery.ts';
import { ASK_CODES } from '../../src/nps/advocacy.ts';
import { buildServer } from '../../src/web/server.ts';
import { type FakeDesk, fakeDesk, REVIEW_PAGE } from './fake-desk.ts';

const stationery = openStationery(new URL('../../templates', import.meta.url).pathname);
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const PAGES = ['choice', ...Object.values(ASK_CODES).map((code) => `ask-${code}`)];

let desk: FakeDesk;
let app: FastifyInstance;

function serve(language = 'en'): void {
  desk = fakeDesk('', language);
  const readiness = async () => ({ ready: true, idle: true, standby: false });
  app = buildServer({ desk, stationery, readiness, log: false, visitorSalt: 'salt' });
}
beforeEach(() => serve());
afterEach(() => app.close());

const get = (url: string) => app.inject({ method: 'GET', url });
const post = (url: string, payload = '', headers: object = FORM) =>
  app.inject({ method: 'POST', url, payload, headers: { ...headers } });

describe('the page of what a mail proposes', () => {
  it.each(PAGES)('opens for %s with one button, and nothing is accepted', async (token) => {
    const { statusCode, body } = await get(`/p/${token}`);
    expect(statusCode).toBe(200);
    expect(body.match(/<button>/g)).toHaveLength(1);
    expect(desk.visits).toMatchObject([{ token, kind: 'fetched' }]);
    expect(desk.accepted).toEqual([]);
  });

  it('shows the choice that was clicked', async () => {
    expect((await get('/p/choice')).body).toContain('Faster support');
    await app.close();
    serve('de');
    expect((await get('/p/choice')).body).toContain('Schnellerer Support');
  });

  it('says what an ask leads to, and no more than is known', async () => {
    expect((await get('/p/ask-g2')).body).toContain('The button takes you to G2');
    const unknown = (await get('/p/ask-appexchange')).body;
    expect(unknown).not.toContain('takes you to');
    expect(unknown).toContain('will send you the link');
  });

  it('lets its form lead on only where an ask may', async () => {
    const policy = async (token: string) => (await get(`/p/${token}`)).headers['content-security-policy'];
    expect(await policy('ask-g2')).toContain("form-action 'self' https:;");
    expect(await policy('choice')).toContain("form-action 'self';");
  });

  it('tells that it was looked at, by its script', async () => {
    expect((await post('/p/choice/seen', '', {})).statusCode).toBe(204);
    expect((await post('/p/nonsense/seen', '', {})).statusCode).toBe(404);
    expect(desk.visits).toMatchObject([{ token: 'choice', kind: 'page-ran' }]);
    expect(desk.accepted).toEqual([]);
  });

  it.each([
    ['expired', 410],
    ['unknown', 404],
    ['nonsense', 404],
    ['score-9', 404],
    ['leave', 404],
  ])('is a problem page for the link %s', async (token, status) => {
    expect((await get(`/p/${token}`)).statusCode).toBe(status);
    expect((await post(`/p/${token}`)).statusCode).toBe(status);
    expect(desk.visits).toEqual([]);
    expect(desk.accepted).toEqual([]);
  });

  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('refuses %s', async (method) => {
    const answer = await app.inject({ method, url: '/p/choice' });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
    expect(desk.accepted).toEqual([]);
  });
});

describe('the button of that page', () => {
  it('records a choice and thanks for it', async () => {
    const { statusCode, body } = await post('/p/choice', 'pressed=yes&seen=yes');
    expect(statusCode).toBe(200);
    expect(body).toContain('Your choice is recorded');
    expect(body).toContain('Faster support');
    expect(desk.accepted).toEqual([{ token: 'choice', gesture: true }]);
  });

  it('sends on to where an ask leads, without telling where from', async () => {
    const { statusCode, headers } = await post('/p/ask-g2', 'pressed=yes');
    expect([statusCode, headers.location]).toEqual([303, REVIEW_PAGE]);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  });

  it.each(['ask-case-study', 'ask-referral', 'ask-appexchange'])(
    'says for %s that the CSM is in touch',
    async (token) => {
      expect((await post(`/p/${token}`, 'pressed=yes')).body).toContain('will be in touch');
    },
  );

  it('answers only once it is durable', async () => {
    const { accept } = desk;
    const durable = Promise.withResolvers<void>();
    desk.accept = async (token, form) => {
      await durable.promise;
      return accept(token, form);
    };
    let answered = false;
    const answer = post('/p/ask-g2', 'pressed=yes').then(() => (answered = true));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(answered).toBe(false);
    durable.resolve();
    expect(await answer).toBe(true);
  });

  it('fails as a page when it cannot be kept, and sends nobody on', async () => {
    desk.accept = () => Promise.reject(new Error('disk full'));
    const { statusCode, headers, body } = await post('/p/ask-g2', 'pressed=yes');
    expect([statusCode, headers.location]).toEqual([500, undefined]);
    expect(body).toContain('Something went wrong');
  });

  it.each([
    ['without a script', ''],
    ['of somebody else', 'pressed=no'],
    ['with the mark given twice', 'pressed=yes&pressed=yes'],
  ])('works for a form %s, which proves no person', async (_, body) => {
    expect((await post('/p/choice', body)).statusCode).toBe(200);
    expect(desk.accepted).toEqual([{ token: 'choice', gesture: false }]);
  });

  it('works without a body and without an origin', async () => {
    expect((await post('/p/choice', '', {})).statusCode).toBe(200);
    expect(desk.accepted).toHaveLength(1);
  });
});
