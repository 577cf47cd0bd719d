import type { Browser } from 'playwright-core';
import { findChromium, startChromium } from '../../src/paper/chromium.ts';

/** Where this machine's Chromium is, or undefined. */
export const chromiumPath: string | undefined = findChromium(process.env.PATH ?? '');

/** For the name of a suite that needs Chromium, so that a skipped run says why. */
export const needsChromium = chromiumPath === undefined ? ' (SKIPPED: no Chromium found on PATH)' : '';

export function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('No Chromium was found on PATH; install the package "chromium".');
  return startChromium(chromiumPath);
}
