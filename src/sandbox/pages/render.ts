import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import Handlebars from 'handlebars';
import { DateTime } from 'luxon';
import type { FieldValue } from '../org/org.ts';

const FOLDER = new URL('./', import.meta.url);

/** Every `.hbs` beside this file: `page` is the frame, names with an underscore are parts, the rest are pages. */
const templates = Handlebars.create();
for (const file of readdirSync(FOLDER).filter((each) => each.endsWith('.hbs'))) {
  templates.registerPartial(basename(file, '.hbs'), readFileSync(new URL(file, FOLDER), 'utf8'));
}

const SEGMENT_SHAPES: Record<string, string> = { Promoter: '▲', Passive: '●', Detractor: '▼' };
const TREND_SHAPES: Record<string, string> = { Improving: '↗', Stable: '→', Declining: '↘' };

templates.registerHelper({
  day: (moment: FieldValue) => formatted(moment, 'd LLL yyyy'),
  time: (moment: FieldValue) => formatted(moment, 'd LLL yyyy, HH:mm'),
  weekday: (moment: FieldValue) => formatted(moment, 'EEEE, d LLLL yyyy, HH:mm'),
  amount: (amount: FieldValue) => (typeof amount === 'number' ? amount.toLocaleString('en-US') : ''),
  shape: (segment: FieldValue) => SEGMENT_SHAPES[String(segment)] ?? '',
  trendShape: (trend: FieldValue) => TREND_SHAPES[String(trend)] ?? '',
  words: (developerName: FieldValue) => String(developerName ?? '').replaceAll('_', ' '),
  // Zero is a score and a net score; only what was never given is missing.
  has: (value: FieldValue | undefined) => value !== null && value !== undefined,
  same: (a: unknown, b: unknown) => a === b,
});

/** Moments are shown in UTC, the zone the sandbox's clock speaks. */
function formatted(moment: FieldValue, format: string): string {
  if (moment === null || moment === undefined) return '';
  return DateTime.fromISO(String(moment), { zone: 'utc', locale: 'en' }).toFormat(format);
}

const frame = templates.compile<object>('{{> page}}');

/** A whole page: one template in the frame that all share. */
export function renderPage(template: string, view: { title: string } & Record<string, unknown>): string {
  return frame({ ...view, template, view });
}

export const STYLESHEET = readFileSync(new URL('./sandbox.css', FOLDER), 'utf8');
