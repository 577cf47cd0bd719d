import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { drawing } from '../scripts/sequences/drawing.ts';
import { shippedTimelines, spanOf } from '../scripts/sequences/timeline.ts';
import { shippedSequences } from './support/shipped-sequences.ts';

const timelines = shippedTimelines();
const steps = (segment: (typeof timelines)[number]['segment']) => [...(shippedSequences().get(segment)?.steps ?? [])];

test('the pictures of the sequences were drawn from the records as they are', () => {
  const drawn = JSON.parse(readFileSync('docs/pictures/sequences.json', 'utf8'));
  expect(drawn, 'Run: node scripts/sequence-pictures.ts').toEqual(timelines);
});

test('a Task is shown with the scores that make it: those of a graver one make no other of its kind', () => {
  const tasks = timelines[0]?.moments.filter(({ action, hours }) => action === 'Task' && hours === 0);
  expect(tasks?.map(({ title, scores }) => [title, scores])).toEqual([
    ['Call …', 'only after 3 to 6'],
    ['Today, call …', 'only after 0 to 2'],
    ['Very low score, speak to …', 'only after 0 to 2'],
  ]);
});

describe.each(timelines)('the timeline after a $segment', ({ segment, moments }) => {
  test('shows every step that ships, and nothing before the answer', () => {
    const titles = moments.map(({ title }) => title);
    expect(titles.length).toBeGreaterThanOrEqual(steps(segment).length);
    expect(new Set(titles).size).toBe(titles.length);
    expect(moments.every(({ hours }) => hours >= 0)).toBe(true);
  });

  test('runs in the order of time, and says of every mail what its subject is', () => {
    const hours = moments.map((moment) => moment.hours);
    expect(hours).toEqual(hours.toSorted((one, other) => one - other));
    const mails = moments.filter(({ action }) => action === 'Mail');
    expect(mails.filter(({ detail }) => !/^“.+”$/.test(detail))).toEqual([]);
  });

  test('is drawn with every moment in it, in the place it belongs to', () => {
    const html = drawing({ segment, scores: '', moments });
    for (const { title, condition } of moments) {
      expect(html).toContain(`<b>${title}</b>`);
      expect(html).toContain(condition);
    }
  });
});

test.each([
  [0.5, '0.5 hours'],
  [24, '24 hours'],
  [49, '49 hours'],
  [72, '3 days'],
  [720, '30 days'],
])('%d hours are read as %s', (hours, words) => {
  expect(spanOf(hours)).toBe(words);
});
