import { MultipleChoices } from '../multiple-choices.ts';
import { OrgError } from '../org-error.ts';
import { fullId, isRecordId } from '../record-id.ts';
import type { Body } from '../rows/body.ts';
import type { StoredRow } from '../rows/store.ts';
import { type Answer, type Call, noContent, notFound, objectBody, ok, type Resource } from './call.ts';
import { fieldNames, rowRecord, rowUrl } from './record.ts';

/** Rows: create, read, change and delete them, by id or by external id. */
export function rowResources(): Resource[] {
  const byId = ({ session }: Call, name: string, id: string): StoredRow => {
    if (!isRecordId(id)) throw notFound(`Provided external ID field does not exist or is not accessible: ${id}`);
    const row = session.row(name, fullId(id));
    if (row) return row;
    if (!session.isDeleted(name, fullId(id))) throw notFound();
    throw new OrgError('ENTITY_IS_DELETED', 'entity is deleted', { fields: [], status: 404 });
  };

  const byKey = ({ session, base }: Call, name: string, field: string, value: string): StoredRow | undefined => {
    const sobject = session.schema.get(name);
    const key = sobject.field(field);
    if (key?.name === 'Id') return session.row(name, fullId(value));
    if (!key?.externalId) throw notFound(`Provided external ID field does not exist or is not accessible: ${field}`);
    const found = session.having(name, key.name, value);
    if (found.length > 1) throw new MultipleChoices(found.map(({ Id }) => rowUrl(base, sobject.name, Id)));
    return found[0];
  };

  const create = (call: Call, name: string): Answer => {
    const id = call.session.insert(name, objectBody(call));
    return created(call, name, id, { id, success: true, errors: [] });
  };

  const change = (call: Call, name: string, id: string): Answer => {
    call.session.update(name, id, without(objectBody(call), 'Id'));
    return noContent;
  };

  const remove = (call: Call, name: string, id: string): Answer => {
    call.session.delete(name, id);
    return noContent;
  };

  const upsert = (call: Call, name: string, field: string, value: string): Answer => {
    if (call.session.schema.get(name).field(field)?.name === 'Id')
      return change(call, name, byId(call, name, value).Id);
    byKey(call, name, field, value);
    const body = without(without(objectBody(call), 'Id'), field);
    const updateOnly = call.query.get('updateOnly') === 'true';
    const saved = call.session.upsert(name, { field, value, updateOnly }, body);
    const answer = { id: saved.id, success: true, errors: [], created: saved.created };
    return saved.created ? created(call, name, saved.id, answer) : ok(answer);
  };

  const record = (call: Call, name: string, row: StoredRow): Answer =>
    ok(rowRecord(call.base, call.session.schema.get(name), row, fieldNames(call.query.get('fields'))));

  const required = (row: StoredRow | undefined): StoredRow => {
    if (row) return row;
    throw notFound();
  };

  const row = '/sobjects/:sobject/:id';
  const keyed = '/sobjects/:sobject/:field/:value';
  return [
    { method: 'POST', pattern: '/sobjects/:sobject', run: (call, { sobject = '' }) => create(call, sobject) },
    {
      method: 'GET',
      pattern: row,
      run: (call, { sobject = '', id = '' }) => record(call, sobject, byId(call, sobject, id)),
    },
    {
      method: 'GET',
      pattern: `${row}/VersionData`,
      run: (call, { sobject = '', id = '' }) => ok(Buffer.from(String(byId(call, sobject, id).VersionData), 'base64')),
    },
    {
      method: 'PATCH',
      pattern: row,
      run: (call, { sobject = '', id = '' }) => change(call, sobject, byId(call, sobject, id).Id),
    },
    {
      method: 'DELETE',
      pattern: row,
      run: (call, { sobject = '', id = '' }) => remove(call, sobject, byId(call, sobject, id).Id),
    },
    {
      method: 'GET',
      pattern: keyed,
      run: (call, { sobject = '', field = '', value = '' }) =>
        record(call, sobject, required(byKey(call, sobject, field, value))),
    },
    {
      method: 'PATCH',
      pattern: keyed,
      run: (call, { sobject = '', field = '', value = '' }) => upsert(call, sobject, field, value),
    },
    {
      method: 'DELETE',
      pattern: keyed,
      run: (call, { sobject = '', field = '', value = '' }) =>
        remove(call, sobject, required(byKey(call, sobject, field, value)).Id),
    },
  ];
}

function created({ base, session }: Call, name: string, id: string, body: object): Answer {
  const { name: sobject } = session.schema.get(name);
  return { status: 201, body, headers: { Location: rowUrl(base, sobject, id) } };
}

// What stands in the address must not stand in the body, too.
function without(body: Body, name: string): Body {
  const given = Object.keys(body).find((key) => key.toLowerCase() === name.toLowerCase());
  if (given === undefined) return body;
  throw new OrgError('INVALID_FIELD', `The ${given} field should not be specified in the sobject data.`);
}
