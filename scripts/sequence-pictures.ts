// Draws the sequences that ship from their records: docs/pictures/sequence-*.png, and what was drawn as sequences.json.
import { writeFileSync } from 'node:fs';
import { launchChromium } from '../test/support/chromium.ts';
import { drawing } from './sequences/drawing.ts';
import { shippedTimelines } from './sequences/timeline.ts';

const folder = new URL('../docs/pictures/', import.meta.url).pathname;
const timelines = shippedTimelines();
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1000, height: 100 }, deviceScaleFactor: 2 });
  for (const timeline of timelines) {
    const file = `sequence-${timeline.segment.toLowerCase()}.png`;
    await page.setContent(drawing(timeline));
    writeFileSync(`${folder}${file}`, await page.screenshot({ fullPage: true }));
    console.log(file);
  }
  // A test compares it with the records: pictures that are out of date cannot pass.
  writeFileSync(`${folder}sequences.json`, `${JSON.stringify(timelines, null, 2)}\n`);
} finally {
  await browser.close();
}
