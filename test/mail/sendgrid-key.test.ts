import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { keyProblem } from '../../src/mail/sendgrid-key.ts';

async function sendGrid(status: number, body: object): Promise<string> {
  const server = createServer((request, response) => {
    const isAsked = request.url === '/v3/scopes' && request.headers.authorization === 'Bearer SG.key';
    response.writeHead(isAsked ? status : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it.each([
  [200, { scopes: ['mail.send', 'whitelabel.read'] }, null],
  [200, { scopes: ['whitelabel.read'] }, expect.stringContaining('lacks the permission Mail Send.')],
  [200, { scopes: ['mail.send'] }, expect.stringContaining('lacks the permission Sender Authentication')],
  [401, {}, expect.stringContaining('SendGrid refuses the key')],
  [500, {}, expect.stringContaining('SendGrid answered 500')],
])('a key that SendGrid answers with %i %o', async (status, body, problem) => {
  expect(await keyProblem({ apiKey: 'SG.key', baseUrl: await sendGrid(status, body) })).toEqual(problem);
});

it('a SendGrid that is not there is told with its address', async () => {
  expect(await keyProblem({ apiKey: 'SG.key', baseUrl: 'http://127.0.0.1:9' })).toContain('http://127.0.0.1:9');
});
