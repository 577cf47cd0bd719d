import type { FastifyInstance, FastifyReply } from 'fastify';
import type { SandboxClock } from '../clock.ts';
import type { SandboxOrg } from '../org/open-org.ts';
import { Refusal } from '../refusal.ts';
import { FATES, LABELS } from '../sendgrid/fate.ts';
import { postReply, replyAddressOf } from '../sendgrid/inbound.ts';
import type { SendGrid } from '../sendgrid/sendgrid.ts';
import { flowsView } from './flows-view.ts';
import { mailView } from './mail-view.ts';
import { renderPage, STYLESHEET } from './render.ts';
import { reportRoutes } from './report-routes.ts';
import * as views from './views.ts';

interface World {
  org: SandboxOrg;
  clock: SandboxClock;
  sendGrid: SendGrid;
  linked: readonly LinkedPage[];
}

/** A page that another program serves. */
export interface LinkedPage {
  label: string;
  path: string;
}

/** What a person looks at: the org, its mailbox, and the buttons that make things happen. */
export function pageRoutes(app: FastifyInstance, { org, clock, sendGrid, linked }: World): void {
  const { mail, events, parse, webhooks } = sendGrid;

  function page(
    reply: FastifyReply,
    path: string,
    template: string,
    view: { title: string } & Record<string, unknown>,
  ) {
    const [company] = org.query('SELECT Name FROM Organization');
    const nav = [
      { label: 'Overview', path: '/' },
      { label: 'Invitations', path: '/org/surveys' },
      { label: 'Responses', path: '/org/responses' },
      { label: 'Tasks', path: '/org/tasks' },
      { label: 'Notifications', path: '/org/notifications', count: org.notifications.all().length || null },
      { label: 'Reports', path: '/org/reports' },
      { label: 'Health', path: '/org/health', count: views.needingAttention(org) || null },
      { label: 'Mailbox', path: '/mail', count: mail.all().length },
      ...linked,
    ].map((entry) => ({ ...entry, current: entry.path === path }));
    return reply.type('text/html; charset=utf-8').send(renderPage(template, { ...view, company: company?.Name, nav }));
  }

  function missing(reply: FastifyReply, sentence: string) {
    return page(reply.code(404), '', 'missing', { title: 'Not here', sentence });
  }

  function published(trigger: string | undefined, accountId: string | undefined): string | undefined {
    const label = views.activeTriggers(org).find(({ DeveloperName }) => DeveloperName === trigger)?.MasterLabel;
    const account = views.account(org, accountId ?? '');
    return label && account ? `${label} was published for ${account.Name}.` : undefined;
  }

  app.get('/sandbox.css', (_, reply) => reply.type('text/css; charset=utf-8').send(STYLESHEET));

  app.get<{ Querystring: { published?: string; account?: string } }>('/', ({ query }, reply) =>
    page(reply, '/', 'overview', {
      title: 'Overview',
      notice: published(query.published, query.account),
      now: clock.now().toISOString(),
      triggers: views.activeTriggers(org),
      accounts: views.accounts(org),
      chosen: query.account,
      flows: flowsView(org.flows.all()),
    }),
  );

  app.get<{ Params: { id: string }; Querystring: { published?: string } }>('/org/accounts/:id', (request, reply) => {
    const { id } = request.params;
    const account = views.account(org, id);
    if (!account) return missing(reply, 'The org has no such account.');
    return page(reply, '', 'account', {
      title: String(account.Name),
      notice: published(request.query.published, id),
      account,
      triggers: views.activeTriggers(org),
      surveys: views.surveys(org, id),
      responses: views.responses(org, id),
      requests: views.requests(org),
      tasks: views.tasks(org, id),
      contacts: views.contacts(org, id),
      contracts: views.contracts(org, id),
      cases: views.cases(org, id),
    });
  });

  app.get('/org/surveys', (_, reply) =>
    page(reply, '/org/surveys', 'surveys', { title: 'Invitations', surveys: views.surveys(org) }),
  );
  app.get('/org/responses', (_, reply) =>
    page(reply, '/org/responses', 'responses', {
      title: 'Responses',
      responses: views.responses(org),
      requests: views.requests(org),
    }),
  );
  app.get('/org/tasks', (_, reply) => page(reply, '/org/tasks', 'tasks', { title: 'Tasks', tasks: views.tasks(org) }));

  reportRoutes(app, { org, page, missing });

  app.get('/org/notifications', (_, reply) =>
    page(reply, '/org/notifications', 'notifications', {
      title: 'Notifications',
      notifications: views.notifications(org),
    }),
  );

  app.get('/org/health', (_, reply) =>
    page(reply, '/org/health', 'health', { title: 'Health', rows: views.health(org) }),
  );

  app.get('/mail', (_, reply) => page(reply, '/mail', 'mailbox', { title: 'Mailbox', mails: mail.all().toReversed() }));
  app.get<{ Params: { id: string }; Querystring: { part?: string; told?: string; replied?: string } }>(
    '/mail/:id',
    (request, reply) => {
      const found = mail.find(request.params.id);
      if (!found) return missing(reply, 'The mailbox has no such mail.');
      const { part, told, replied } = request.query;
      const repliesTo = replyAddressOf(found);
      const answering = { to: repliesTo, comesIn: parse.forAddress(repliesTo) !== undefined, was: replied };
      const fates = FATES.map((fate) => ({ fate, label: LABELS[fate] }));
      const heard = fates.find(({ fate }) => fate === told)?.label;
      const view = {
        ...mailView(found, part),
        fates,
        heard,
        answering,
        isHeard: webhooks.all().some(({ enabled }) => enabled),
      };
      return page(reply, '/mail', 'mail', { title: found.subject, ...view });
    },
  );
  app.post<{ Params: { id: string }; Body: { event?: string } | null }>('/mail/:id/events', async (request, reply) => {
    const { id } = request.params;
    const found = mail.requestOf(id);
    if (!found) return missing(reply, 'The mailbox has no such mail.');
    const fate = FATES.find((name) => name === request.body?.event);
    if (!fate) throw new Refusal(`What became of a mail is one of ${FATES.join(', ')}.`);
    await events.happen(fate, found.request, found.messageId, found.index);
    return reply.redirect(`/mail/${id}?told=${fate}`, 303);
  });

  app.post<{ Params: { id: string }; Body: { text?: string; automatic?: string } | null }>(
    '/mail/:id/reply',
    async (request, reply) => {
      const { id } = request.params;
      const found = mail.find(id);
      if (!found) return missing(reply, 'The mailbox has no such mail.');
      const written = { text: request.body?.text ?? '', automatic: request.body?.automatic === 'yes' };
      const status = await postReply(found, written, { parse, now: clock.now });
      if (status === undefined) throw new Refusal(`Nobody asked SendGrid for mails to ${replyAddressOf(found)}.`);
      return reply.redirect(`/mail/${id}?replied=${status}`, 303);
    },
  );
  app.post<{ Body: { advance?: string } | null }>('/org/travel', async (request, reply) => {
    await clock.advance(String(request.body?.advance ?? ''));
    return reply.redirect('/', 303);
  });
  app.post<{ Params: { name: string } }>('/org/flows/:name/run', (request, reply) => {
    const { name } = request.params;
    if (!org.flows.runNow(name)) throw new Refusal(`The org has no active scheduled flow ${name}.`);
    return reply.redirect('/#flows', 303);
  });
  app.post<{ Params: { id: string }; Body: { request?: string; note?: string; back?: string } | null }>(
    '/org/responses/:id/request',
    (request, reply) => {
      const { request: Request__c, note = '', back } = request.body ?? {};
      if (!views.requests(org).some((each) => each === Request__c)) {
        throw new Refusal(`A request is one of ${views.requests(org).join(', ')}.`);
      }
      org.update('NPS_Response__c', request.params.id, { Request__c: String(Request__c), Request_Note__c: note });
      return reply.redirect(back ? `/org/accounts/${back}` : '/org/responses', 303);
    },
  );
  app.post<{ Body: { trigger?: string; account?: string; back?: string } | null }>('/org/moments', (request, reply) => {
    const { trigger, account, back } = request.body ?? {};
    if (!trigger || !account || !published(trigger, account)) {
      throw new Refusal('A lifecycle moment needs an active trigger and an account of this org.');
    }
    org.publish('NPS_Lifecycle__e', { Trigger__c: trigger, Account_Id__c: account }, 'rest');
    const query = new URLSearchParams({ published: trigger, account });
    return reply.redirect(`${back === 'account' ? `/org/accounts/${account}` : '/'}?${query}`, 303);
  });
}
