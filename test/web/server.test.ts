import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStationery } from '../../src/mail/stationery.ts';
import { buildServer } from '../../src/web/server.ts';
import { type FakeDesk, fakeDesk } from './fake-desk.ts';

const stationery = openStationery(new URL('../../templates', import.meta.url).pathname);
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let desk: FakeDesk;
let app: FastifyInstance;
let logged: string[];

function serve(): void {
  logged = [];
  app = buildServer({
    desk,
    stationery,
    readiness: async () => ({ ready: true, idle: false, standby: false }),
    log: pino({}, { write: (line: string) => void logged.push(line) }),
    visitorSalt: 'salt',
    trustedProxies: ['127.0.0.1'],
  });
}
beforeEach(() => {
  desk = fakeDesk();
  serve();
});
afterEach(() => app.close());

const get = (url: string, headers = {}) => app.inject({ method: 'GET', url, headers });
const post = (url: string, payload: string, headers: object = FORM) =>
  app.inject({ method: 'POST', url, payload, headers: { ...headers } });
const checked = (html: string) => [...html.matchAll(/value="(\d+)" checked/g)].map(([, score]) => score);

describe('opening a score link', () => {
  it.each([0, 5, 10])('shows score %i chosen, and the open question', async (score) => {
    const { statusCode, body } = await get(`/a/score-${score}`);
    expect(statusCode).toBe(200);
    expect(checked(body)).toEqual([`${score}`]);
    expect(body).toContain('What is the main reason for your score?');
  });

  it('records that the link was fetched and scores nothing', async () => {
    await get('/a/score-9');
    expect(desk.visits).toMatchObject([{ token: 'score-9', kind: 'fetched' }]);
    expect(desk.given).toEqual([]);
  });

  it('works when the visit cannot be recorded, and logs that without the link', async () => {
    desk.saw = () => Promise.reject(new Error('disk full'));
    expect((await get('/a/score-9')).statusCode).toBe(200);
    await expect.poll(() => logged.join()).toContain('could not be recorded');
    expect(logged.join()).not.toContain('score-9');
  });

  it('does not wait for the visit to be recorded', async () => {
    desk.saw = () => new Promise(() => undefined);
    expect((await get('/a/score-9')).statusCode).toBe(200);
  });

  it('is never kept, framed, indexed or referred from', async () => {
    const { headers } = await get('/a/score-9');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
    });
    expect(headers['content-security-policy']).toMatch(
      /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/,
    );
  });

  it('tells two browsers apart, not one from itself', async () => {
    for (const [browser, address] of [
      ['A', '10.0.0.1'],
      ['A', '10.0.0.1'],
      ['B', '10.0.0.1'],
      ['A', '10.0.0.2'],
    ]) {
      await get('/a/score-9', { 'user-agent': browser, 'x-forwarded-for': address });
    }
    const visitors = desk.visits.map(({ visitor }) => visitor);
    expect(visitors[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(visitors[1]).toBe(visitors[0]);
    expect(new Set(visitors).size).toBe(3);
  });

  it('answers HEAD like GET, without the page', async () => {
    for (const url of ['/a/score-9', '/u/leave', '/healthz']) {
      const answer = await app.inject({ method: 'HEAD', url });
      expect([answer.statusCode, answer.body]).toEqual([200, '']);
    }
  });
});

describe('giving an answer', () => {
  it.each([0, 3, 10])('records the posted score %i, whatever the link said, and shows it', async (score) => {
    const { statusCode, body } = await post('/a/score-7', `score=${score}&comment=`);
    expect(statusCode).toBe(200);
    expect(desk.given).toMatchObject([{ score: `${score}`, verbatim: '', gesture: false, script: false }]);
    expect(body).toContain(`${score} out of 10`);
    expect(checked(body)).toEqual([`${score}`]);
  });

  it('tells what the page’s script saw', async () => {
    await post('/a/score-7', 'score=7&comment=&seen=yes&pressed=yes');
    expect(desk.given).toMatchObject([{ gesture: true, script: true }]);
  });

  it('answers only after the answer is durable', async () => {
    const { give } = desk;
    const durable = Promise.withResolvers<void>();
    desk.give = async (token, form) => {
      await durable.promise;
      return give(token, form);
    };
    let answered = false;
    const answer = post('/a/score-7', 'score=7').then(() => (answered = true));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(answered).toBe(false);
    durable.resolve();
    expect(await answer).toBe(true);
  });

  it('offers the comment again for a correction, as text', async () => {
    const comment = '</textarea><script>alert(1)</script> & "so" $& on\nsecond line';
    const first = await post('/a/score-7', new URLSearchParams({ score: '7', comment }).toString());
    expect(first.body).toContain(
      '&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;so&quot; $&amp; on\nsecond line</textarea>',
    );
    const second = await post('/a/score-7', 'score=6&comment=');
    expect(second.body).toContain('rows="4" maxlength="20000" dir="auto"></textarea>');
    expect(desk.given.map(({ score }) => score)).toEqual(['7', '6']);
  });

  it('keeps 32,000 characters of a longer comment, none of them half', async () => {
    await post('/a/score-7', `score=7&comment=${'x'.repeat(31_999)}${encodeURIComponent('😀😀')}`);
    expect(desk.given[0]?.verbatim).toBe(`${'x'.repeat(31_999)}😀`);
  });

  it('keeps line ends and drops control characters', async () => {
    await post('/a/score-7', 'score=7&comment=%20one%0D%0Atwo%00%07');
    expect(desk.given[0]?.verbatim).toBe('one\ntwo');
  });

  it('refuses a comment of 5 MB with a page', async () => {
    const { statusCode, body } = await post('/a/score-7', `score=7&comment=${'x'.repeat(5_000_000)}`);
    expect(statusCode).toBe(413);
    expect(body).toContain('Your comment is too long');
    expect(desk.given).toEqual([]);
  });

  it.each(['score=11', 'score=-1', 'score=', 'score=5%00', 'score=5&score=6', 'comment=hello', ''])(
    'shows the form again, with the comment, for "%s"',
    async (form) => {
      const { statusCode, body } = await post('/a/score-0', `${form}&comment=kept`);
      expect(statusCode).toBe(400);
      expect(body).toContain('Please choose one number from 0 to 10.');
      expect(body).toContain('kept</textarea>');
      expect(checked(body)).toEqual(['0']);
      expect(desk.given).toEqual([]);
    },
  );

  it('shows the form again for a post without a body', async () => {
    expect((await app.inject({ method: 'POST', url: '/a/score-7' })).statusCode).toBe(400);
  });

  it.each([
    ['application/json', '{"score":7}'],
    ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="score"\r\n\r\n7\r\n--x--\r\n'],
    ['text/plain', 'score=7'],
  ])('says that it cannot read %s', async (type, payload) => {
    const { statusCode, body } = await post('/a/score-7', payload, { 'content-type': type });
    expect(statusCode).toBe(415);
    expect(body).toContain('We could not read that form');
    expect(desk.given).toEqual([]);
  });
});

describe('the page’s script', () => {
  it('reports that it ran, with whatever body a beacon sends', async () => {
    const { statusCode } = await post('/a/score-7/seen', '', { 'content-type': 'text/plain;charset=UTF-8' });
    expect(statusCode).toBe(204);
    expect(desk.visits).toMatchObject([{ token: 'score-7', kind: 'page-ran' }]);
    expect((await post('/a/forged/seen', '')).statusCode).toBe(404);
    expect(desk.visits).toHaveLength(1);
  });

  it('and the stylesheet are where the page says, for good', async () => {
    const { body } = await get('/a/score-7');
    const files = [...body.matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, url]) => url ?? '');
    expect(files).toHaveLength(2);
    for (const url of files) {
      const file = await get(url);
      expect(file.statusCode).toBe(200);
      expect(file.headers['cache-control']).toContain('immutable');
    }
  });
});

describe('links that are no good', () => {
  it.each([
    ['forged', 404, 'This link is not complete'],
    ['unknown', 404, 'We do not know this link'],
    ['expired', 410, 'This survey has ended'],
    ['a%00b', 404, 'This link is not complete'],
    ['a%2F..%2Fb', 404, 'This link is not complete'],
    ['%ff%fe', 400, 'We could not read that'],
    ['%', 400, 'We could not read that'],
  ])('%s gets a page, opened or posted, for answers and for unsubscribing', async (token, status, title) => {
    for (const door of ['a', 'u']) {
      for (const answer of [await get(`/${door}/${token}`), await post(`/${door}/${token}`, 'score=5')]) {
        expect(answer.statusCode).toBe(status);
        expect(answer.headers['content-type']).toContain('text/html');
        expect(answer.body).toContain(title);
      }
    }
    expect(desk.given).toEqual([]);
    expect(desk.visits).toEqual([]);
  });

  it('of more characters than a link has get a page', async () => {
    const { statusCode, body } = await get(`/a/${'x'.repeat(3000)}`);
    expect(statusCode).toBe(400);
    expect(body).toContain('We could not read that');
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const)('%s is not a way to use them', async (method) => {
    const answer = await app.inject({
      method,
      url: '/a/score-7',
      payload: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD, POST');
    expect(answer.body).toContain('That does not work here');
  });
});

describe('unsubscribing', () => {
  it('takes more than opening the page', async () => {
    const { statusCode, body } = await get('/u/leave');
    expect(statusCode).toBe(200);
    expect(body).toContain('<form method="post">');
    expect(desk.unsubscribed).toEqual([]);
  });

  it.each([
    ['the page’s button', {}, ''],
    ['a mail client’s urlencoded one-click', FORM, 'List-Unsubscribe=One-Click'],
    [
      'a mail client’s multipart one-click',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
  ])('works by %s', async (_how, headers, payload) => {
    const { statusCode, body } = await post('/u/leave', payload, headers);
    expect(statusCode).toBe(200);
    expect(body).toContain('You are unsubscribed');
    expect(desk.unsubscribed).toEqual(['leave']);
  });
});

describe('an unexpected failure', () => {
  it('gets a page and a log line that names neither link nor comment', async () => {
    desk.give = () => Promise.reject(new Error('the disk is full'));
    const { statusCode, body } = await post('/a/score-7', 'score=7&comment=secret');
    expect(statusCode).toBe(500);
    expect(body).toContain('Something went wrong on our side');
    expect(body).not.toContain('disk');
    expect(logged.join()).toContain('the disk is full');
    expect(logged.join()).not.toMatch(/score-7|secret/);
  });

  it('is nothing the ordinary traffic logs', async () => {
    await get('/a/score-7');
    await post('/a/score-7', 'score=7&comment=secret');
    await get('/a/forged');
    expect(logged).toEqual([]);
  });
});

describe('pages', () => {
  it('show hostile questions as text', async () => {
    await app.close();
    desk = fakeDesk('<b>Why</b> "so" [the comment]?');
    serve();
    const { body } = await post('/a/score-7', 'score=7&comment=because');
    expect(body).toContain('&lt;b&gt;Why&lt;/b&gt; &quot;so&quot; [the comment]?');
    expect(body).toContain('because</textarea>');
  });

  it('answer an unknown address with a page', async () => {
    const { statusCode, body } = await get('/wp-login.php');
    expect(statusCode).toBe(404);
    expect(body).toContain('There is nothing here');
  });
});

describe('health', () => {
  it('is alive, and ready as told', async () => {
    expect((await get('/healthz')).json()).toEqual({ alive: true });
    const ready = await get('/readyz');
    expect([ready.statusCode, ready.json()]).toEqual([200, { ready: true, idle: false, standby: false }]);
  });

  it('answers 503 while it is not ready', async () => {
    await app.close();
    app = buildServer({
      desk,
      stationery,
      readiness: async () => ({ ready: false, idle: true, standby: true }),
      log: false,
      visitorSalt: 'salt',
    });
    expect((await get('/readyz')).statusCode).toBe(503);
  });
});

describe('the language of a page', () => {
  it('is that of its link', async () => {
    desk = fakeDesk('Warum?', 'de');
    serve();
    const pages = await Promise.all(['/a/score-9', '/u/leave', '/a/expired'].map((url) => get(url)));
    const posted = await Promise.all([post('/a/score-9', 'score=9'), post('/a/score-9', ''), post('/u/leave', '')]);
    const titles = [...pages, ...posted].map(({ body }) => /<html lang="(.*?)".*<h1>(.*?)<\/h1>/s.exec(body)?.slice(1));
    expect(titles).toEqual([
      ['de', 'Fast geschafft'],
      ['de', 'Keine Umfragen mehr?'],
      ['de', 'Diese Umfrage ist beendet'],
      ['de', 'Vielen Dank'],
      ['de', 'Fast geschafft'],
      ['de', 'Sie sind abgemeldet'],
    ]);
    expect(posted[1]?.body).toContain('Bitte wählen Sie eine Zahl von 0 bis 10.');
  });

  it.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['fr-FR,fr;q=0.9,de;q=0.5', 'de'],
    ['en-GB,de;q=0.9', 'en'],
    ['*', 'en'],
    [undefined, 'en'],
  ])('is that of the browser (%s) where the link does not tell', async (accepted, language) => {
    const headers = accepted ? { 'accept-language': accepted } : {};
    for (const url of ['/a/broken', '/nothing']) {
      expect((await get(url, headers)).body).toContain(`<html lang="${language}" dir="ltr">`);
    }
  });

  it('is the default words’ where the open question of the trigger is not known', async () => {
    desk = fakeDesk('', 'de');
    serve();
    expect((await get('/a/score-9')).body).toContain('Was ist der wichtigste Grund für Ihre Bewertung?');
  });
});
