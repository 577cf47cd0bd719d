import type { Kysely } from 'kysely';
import type { LinkHit } from '../loop/ports.ts';
import type { Tables } from './tables.ts';

/** What visitors did with the links of these surveys, oldest first. */
export async function linkHits(tables: Kysely<Tables>, surveyKeys: readonly string[]): Promise<LinkHit[]> {
  if (surveyKeys.length === 0) return [];
  const rows = await tables
    .selectFrom('link_hit')
    .selectAll()
    .where('survey_key', 'in', surveyKeys)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ survey_key, score, link, kind, visitor, at }) => ({
    surveyKey: survey_key,
    link: link ?? String(score),
    kind,
    visitor,
    at: new Date(at),
  }));
}
