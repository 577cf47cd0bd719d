import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** Where this machine's Chromium is, or undefined; the first found on PATH. */
export const chromiumPath: string | undefined = [
  ...(process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name))),
  ...ELSEWHERE,
].find(isProgram);

/** For the name of a suite that needs Chromium, so that a skipped run says why. */
export const needsChromium = chromiumPath === undefined ? ' (SKIPPED: no Chromium found on PATH)' : '';

export function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('No Chromium was found on PATH; install the package "chromium".');
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
