import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Letter } from '../../src/loop/ports.ts';

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  linux: ['xdg-open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Writes a mail's HTML to a file, shows it in the browser when a person sits at the terminal, and says where it is. */
export function showMail({ html }: Letter): string {
  const file = join(mkdtempSync(join(tmpdir(), 'nps-preview-')), 'mail.html');
  writeFileSync(file, html);
  const address = pathToFileURL(file).href;
  const [opener, ...words] = OPENERS[process.platform] ?? [];
  if (opener && process.stdout.isTTY) {
    const browser = spawn(opener, [...words, address], { detached: true, stdio: 'ignore' });
    // A machine without a browser: the address is printed all the same.
    browser.once('error', () => {});
    browser.unref();
  }
  return address;
}
