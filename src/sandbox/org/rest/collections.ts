import { OrgError } from '../org-error.ts';
import { fullId, isRecordId } from '../record-id.ts';
import { type Answer, type Call, isObject, objectBody, ok, type Parts, type Resource } from './call.ts';
import { fieldNames, rowRecord } from './record.ts';
import { Undone } from './undone.ts';

const MAX_ROWS = 200;
const MAX_CHUNKS = 10;

type Saved = { id: string; created?: boolean };
type Result = { id?: string; success: boolean; errors: object[]; created?: boolean };

/** sObject Collections: up to 200 rows a call, an outcome for each. */
export function collectionResources({ org }: Parts): Resource[] {
  /** Saves each row by itself, or all or none of them. */
  const saveAll = <T>(rows: T[], allOrNone: boolean, save: (row: T) => Saved): Answer => {
    if (rows.length > MAX_ROWS) {
      throw new OrgError(
        'EXCEEDED_ID_LIMIT',
        `record limit reached. cannot submit more than ${MAX_ROWS} records into this call`,
      );
    }
    const results: Result[] = [];
    const saveEach = () => {
      for (const row of rows) results.push(outcome(() => org.transaction(() => save(row))));
      if (allOrNone && results.some(({ success }) => !success)) throw new Undone();
    };
    try {
      org.transaction(saveEach);
    } catch (error) {
      if (!(error instanceof Undone)) throw error;
      return ok(results.map((result) => (result.success ? rolledBack() : result)));
    }
    return ok(results);
  };

  const found = ({ session, base }: Call, name: string, ids: string[], fields: string[] | undefined): Answer =>
    ok(
      ids.map((id) => {
        const row = session.row(name, fullId(id));
        return row ? rowRecord(base, session.schema.get(name), row, fields) : null;
      }),
    );

  const collection = '/composite/sobjects';
  return [
    {
      method: 'POST',
      pattern: collection,
      run(call) {
        const { rows, allOrNone } = records(call);
        return saveAll(rows, allOrNone, ({ sobject, body }) => ({ id: call.session.insert(sobject, body) }));
      },
    },
    {
      method: 'PATCH',
      pattern: collection,
      run(call) {
        const { rows, allOrNone } = records(call);
        return saveAll(rows, allOrNone, ({ sobject, body }) => {
          const { id, rest } = identified(body);
          call.session.update(sobject, id, rest);
          return { id };
        });
      },
    },
    {
      method: 'DELETE',
      pattern: collection,
      run(call) {
        const ids = (call.query.get('ids') ?? '').split(',');
        return saveAll(ids, call.query.get('allOrNone') === 'true', (given) => {
          const id = checkedId(given);
          call.session.delete(sobjectOf(call, id), id);
          return { id };
        });
      },
    },
    {
      method: 'PATCH',
      pattern: `${collection}/:sobject/:field`,
      run(call, { sobject = '', field: name = '' }) {
        const field = call.session.schema.get(sobject).field(name);
        if (!field?.externalId) throw new OrgError('INVALID_FIELD', `${name} is no external id field of ${sobject}.`);
        const { rows, allOrNone } = records(call);
        return saveAll(rows, allOrNone, ({ body }) => {
          const { [field.name]: value, ...rest } = body;
          if (typeof value !== 'string' && typeof value !== 'number') {
            throw new OrgError('MISSING_ARGUMENT', `${field.name} not specified`, { fields: [] });
          }
          return call.session.upsert(sobject, { field: field.name, value: String(value) }, rest);
        });
      },
    },
    {
      method: 'GET',
      pattern: `${collection}/:sobject`,
      run: (call, { sobject = '' }) =>
        found(call, sobject, (call.query.get('ids') ?? '').split(','), fieldNames(call.query.get('fields'))),
    },
    {
      method: 'POST',
      pattern: `${collection}/:sobject`,
      run(call, { sobject = '' }) {
        const { ids, fields } = objectBody(call);
        if (!Array.isArray(ids) || !Array.isArray(fields))
          throw new OrgError('JSON_PARSER_ERROR', 'ids and fields have to be arrays.');
        return found(call, sobject, ids.map(String), fields.map(String));
      },
    },
  ];
}

function sobjectOf({ session }: Call, id: string): string {
  const sobject = session.schema.ofId(id);
  if (sobject) return sobject.name;
  throw new OrgError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { fields: [] });
}

function records(call: Call): { rows: { sobject: string; body: Record<string, unknown> }[]; allOrNone: boolean } {
  const { records: given, allOrNone } = objectBody(call);
  if (!Array.isArray(given)) throw new OrgError('JSON_PARSER_ERROR', 'The body has to have an array of records.');
  const rows = given.map((record: unknown) => {
    const attributes = isObject(record) ? record.attributes : undefined;
    const sobject = isObject(attributes) ? attributes.type : undefined;
    if (!isObject(record) || typeof sobject !== 'string') {
      throw new OrgError('INVALID_INPUT', 'Every record needs attributes with its type.');
    }
    return { sobject, body: record };
  });
  const chunks = rows.filter(({ sobject }, index) => sobject !== rows[index - 1]?.sobject).length;
  if (chunks > MAX_CHUNKS) {
    const message = `Cannot have more than ${MAX_CHUNKS} chunks in a single operation. Please rearrange the data to reduce chunking.`;
    throw new OrgError('INVALID_INPUT', message);
  }
  return { rows, allOrNone: allOrNone === true };
}

function identified(body: Record<string, unknown>): { id: string; rest: Record<string, unknown> } {
  const { id: lower, Id: upper, ...rest } = body;
  const id = lower ?? upper;
  if (typeof id !== 'string')
    throw new OrgError('MISSING_ARGUMENT', 'Id not specified in an update call', { fields: [] });
  return { id: checkedId(id), rest };
}

function checkedId(id: string): string {
  if (isRecordId(id)) return fullId(id);
  throw new OrgError('MALFORMED_ID', `malformed id ${id}`, { fields: ['Id'] });
}

function outcome(save: () => Saved): Result {
  try {
    const { id, ...more } = save();
    return { id, success: true, errors: [], ...more };
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    const { errorCode: statusCode, message, fields = [] } = error;
    return { success: false, errors: [{ statusCode, message, fields }] };
  }
}

function rolledBack(): Result {
  const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  return { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] }] };
}
