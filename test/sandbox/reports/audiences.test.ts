import type { Connection } from 'jsforce';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FieldValue } from '../../../src/sandbox/org/org.ts';
import { type Stage, stageServer } from '../org/org-stage.ts';
import { run } from './fixture.ts';

/** Today is 2026-11-22. */
let stage: Stage;
let connection: Connection;

beforeEach(async () => {
  stage = await stageServer();
  connection = await stage.connect();
});
afterEach(() => stage[Symbol.asyncDispose]());

function contact(name: string, segment: string, lastResponse: string, more: Record<string, FieldValue> = {}) {
  stage.org.insert('Contact', {
    ...{ LastName: name, Email: `${name}@acme.example`, NPS_Segment__c: segment },
    ...{ NPS_Last_Response_Date__c: `${lastResponse}T10:00:00Z`, ...more },
  });
}

interface Cell {
  label: string;
}

/** The names in a report's rows. */
async function namesIn(report: string): Promise<string[]> {
  const { factMap } = await run(connection, report);
  const rows = (factMap['T!T']?.rows ?? []) as { dataCells: Cell[] }[];
  return rows.map(({ dataCells }) => dataCells[1]?.label ?? '');
}

test('an audience is who answered within 90 days and wants mail, of one segment, newest first', async () => {
  contact('Earlier', 'Promoter', '2026-10-01');
  contact('Later', 'Promoter', '2026-11-20');
  contact('Long.ago', 'Promoter', '2026-08-01');
  contact('Left', 'Promoter', '2026-11-20', { HasOptedOutOfEmail: true });
  contact('Unsure', 'Passive', '2026-11-20');
  contact('Unhappy', 'Detractor', '2026-11-20');
  stage.org.insert('Contact', { LastName: 'Never asked' });
  contact('Spoke', 'Promoter', '2026-11-19', { NPS_Advocacy_Asked_At__c: '2026-05-01T10:00:00Z' });

  expect(await namesIn('NPS Audience Promoters')).toEqual(['Later', 'Spoke', 'Earlier']);
  expect(await namesIn('NPS Promoters to Ask')).toEqual(['Later', 'Earlier']);
  expect(await namesIn('NPS Audience Passives')).toEqual(['Unsure']);
  expect(await namesIn('NPS Audience Detractors')).toEqual(['Unhappy']);
});
