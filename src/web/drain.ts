import type { IncomingMessage } from 'node:http';

const DRAIN_BYTES = 16 * 1024 * 1024;
const DRAIN_MS = 10_000;

/**
 * Reads the rest of a body that was refused, without keeping it. Closing a connection while the browser still sends
 * resets it (RFC 9112, section 9.6), and the person would see a broken connection instead of the page that says why.
 */
export function drain(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    if (request.complete || request.destroyed) return resolve();
    let bytes = 0;
    const timer = setTimeout(resolve, DRAIN_MS);
    const finish = () => {
      clearTimeout(timer);
      resolve();
    };
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > DRAIN_BYTES) finish();
    });
    for (const end of ['end', 'close', 'error']) request.once(end, finish);
    request.resume();
  });
}
