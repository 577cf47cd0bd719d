import type { Page } from 'playwright-core';
import { startChromium } from './chromium.ts';

/** A4 in CSS pixels, and the margin on each side. */
const SHEET = { width: 794, height: 1123, margin: 38 };
const ROOM = { width: SHEET.width - 2 * SHEET.margin, height: SHEET.height - 2 * SHEET.margin };

/** Prints a page that stands alone (its styles and pictures are in it) on one sheet of A4, shrunk if it is longer. */
export async function printOnOneSheet(executablePath: string, html: string): Promise<Uint8Array> {
  const browser = await startChromium(executablePath);
  try {
    const page = await browser.newPage({ viewport: ROOM, javaScriptEnabled: false });
    await page.setContent(html);
    await page.emulateMedia({ media: 'print' });
    const margin = `${SHEET.margin}px`;
    return await page.pdf({
      format: 'A4',
      printBackground: true,
      tagged: true,
      scale: await scaleToFit(page),
      margin: { top: margin, right: margin, bottom: margin, left: margin },
    });
  } finally {
    await browser.close();
  }
}

/** A smaller scale makes lines longer, so that what is measured at full size fits for sure. */
async function scaleToFit(page: Page): Promise<number> {
  const box = await page.locator('body').boundingBox();
  return Math.min(1, ROOM.height / Math.max(1, Math.ceil((box?.height ?? 0) + 1)));
}
