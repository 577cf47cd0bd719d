import { OrgError } from '../org-error.ts';
import { recordId } from '../record-id.ts';
import { columnsOf } from '../soql/columns.ts';
import type { Selected } from '../soql/query.ts';
import type { Selection } from '../soql/selection.ts';
import { type Answer, type Call, ok, type Parts, type Resource } from './call.ts';
import { selectedRecord } from './record.ts';

const PAGE_SIZE = 2000;
/** Salesforce keeps a user's ten newest query cursors. */
const MAX_CURSORS = 10;

/** Queries, 2,000 rows a page. */
export function queryResources({ org: { schema } }: Parts): Resource[] {
  const cursors = new Map<string, Selection[]>();
  let opened = 0;

  const page = ({ base }: Call, locator: string | undefined, rows: Selection[], from: number): Answer => {
    const records = rows.slice(from, from + PAGE_SIZE).map((row) => selectedRecord(base, row));
    const next = from + PAGE_SIZE;
    const done = next >= rows.length;
    const more = done ? {} : { nextRecordsUrl: `${base}/query/${locator}-${next}` };
    return ok({ totalSize: rows.length, done, ...more, records });
  };

  const open = (rows: Selection[]): string => {
    const locator = recordId('01g', ++opened);
    cursors.set(locator, rows);
    const [oldest] = cursors.keys();
    if (cursors.size > MAX_CURSORS && oldest) cursors.delete(oldest);
    return locator;
  };

  const first = (call: Call, { rows, count }: Selected): Answer => {
    if (count !== undefined) return ok({ totalSize: count, done: true, records: [] });
    return page(call, rows.length > PAGE_SIZE ? open(rows) : undefined, rows, 0);
  };

  return [
    {
      method: 'GET',
      pattern: '/query',
      run(call) {
        const selected = call.session.select(soqlOf(call));
        return call.query.get('columns') === 'true' ? ok(columnsOf(schema, soqlOf(call))) : first(call, selected);
      },
    },
    {
      method: 'GET',
      pattern: '/queryAll',
      run: (call) => first(call, call.session.selectAll(soqlOf(call))),
    },
    {
      method: 'GET',
      pattern: '/query/:locator',
      run(call, { locator = '' }) {
        const [, id = '', from] = /^(\w+)-(\d+)$/.exec(locator) ?? [];
        const rows = cursors.get(id);
        if (!rows) throw new OrgError('INVALID_QUERY_LOCATOR', 'invalid query locator');
        return page(call, id, rows, Number(from));
      },
    },
  ];
}

function soqlOf({ query }: Call): string {
  const soql = query.get('q');
  if (soql) return soql;
  throw new OrgError('MALFORMED_QUERY', 'SOQL statements cannot be empty or null.');
}
