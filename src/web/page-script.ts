import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

/** The addresses of the files every page refers to. */
export interface PageFiles {
  styleUrl: string;
  scriptUrl: string;
}

/** Serves the pages' one script and one stylesheet from addresses of their own, as the content policy asks. */
export function servePageScript(app: FastifyInstance): PageFiles {
  return {
    styleUrl: serve(app, 'style.css', 'text/css; charset=utf-8'),
    scriptUrl: serve(app, 'answer.js', 'text/javascript; charset=utf-8'),
  };
}

/** The address carries a fingerprint of the content, so that browsers keep it for good and a new release is a new one. */
function serve(app: FastifyInstance, file: string, type: string): string {
  const content = readFileSync(new URL(`../../templates/pages/${file}`, import.meta.url), 'utf8');
  const headers = {
    'content-type': type,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  };
  app.get(`/${file}`, (_request, reply) => reply.headers(headers).send(content));
  return `/${file}?${hash('sha256', content).slice(0, 8)}`;
}
