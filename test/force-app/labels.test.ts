import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FOLDER = new URL('../../force-app/main/default/', import.meta.url).pathname;
const scripts = readdirSync(`${FOLDER}lwc`, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.js'))
  .map((path) => readFileSync(`${FOLDER}lwc/${path}`, 'utf8'))
  .join('\n');
const labels = readFileSync(`${FOLDER}labels/CustomLabels.labels-meta.xml`, 'utf8');
const names = [...labels.matchAll(/<fullName>(\w+)</g)].map(([, name]) => name ?? '');

describe('the words of the components', () => {
  it('are each shown somewhere', () => {
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((name) => !scripts.includes(`@salesforce/label/c.${name}'`))).toEqual([]);
  });

  it('stand in order, so that one is found', () => {
    expect(names).toEqual(names.toSorted());
  });
});
