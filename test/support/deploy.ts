import { readFileSync } from 'node:fs';
import { xml, zipped } from '../sandbox/deploy/package.ts';

const MAIN = new URL('../../force-app/main/default/', import.meta.url).pathname;
const DEFAULTS = new URL('../../force-app/defaults/main/default/', import.meta.url).pathname;

/** An org that runs somewhere, and a token of its admin. */
export interface Target {
  url: string;
  adminToken(): string;
}

/** Deploys a package as an admin does, and waits for its end. @throws when the org refuses it */
export async function deployed({ url, adminToken }: Target, files: Record<string, string>): Promise<void> {
  const address = `${url}/services/data/v68.0/metadata/deployRequest`;
  const headers = { authorization: `Bearer ${adminToken()}` };
  const form = new FormData();
  form.append('json', JSON.stringify({ deployOptions: { rollbackOnError: true } }));
  form.append('file', await zipped(files), 'package.zip');
  const { id } = (await (await fetch(address, { method: 'POST', headers, body: form })).json()) as { id: string };
  for (;;) {
    const answer = await fetch(`${address}/${id}?includeDetails=true`, { headers });
    const { deployResult } = (await answer.json()) as { deployResult: { done: boolean; status: string } };
    if (deployResult.done && deployResult.status === 'Succeeded') return;
    if (deployResult.done) throw new Error(`The deploy failed: ${JSON.stringify(deployResult)}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Shipped flows, as files of a package, in a status. */
export function flowFiles(names: readonly string[], status: 'Active' | 'Draft' | 'Obsolete'): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => [
      `flows/${name}.flow`,
      readFileSync(`${MAIN}flows/${name}.flow-meta.xml`, 'utf8').replace(/<status>\w+</, `<status>${status}<`),
    ]),
  );
}

type RecordType = 'NPS_Trigger' | 'NPS_Setting' | 'NPS_Routing_Rule' | 'NPS_Choice' | 'NPS_Sequence_Step';
type Values = Record<string, string | number | boolean | null>;

/** A shipped custom metadata record with some of its values changed, as a file of a package. Null empties a field. */
export function recordFile(type: RecordType, name: string, changes: Values): Record<string, string> {
  const path = `customMetadata/${type}.${name}.md`;
  const shipped = readFileSync(`${DEFAULTS}${path}-meta.xml`, 'utf8');
  const text = Object.entries(changes).reduce((record, [field, value]) => {
    const stands = new RegExp(`(<field>${field}</field>\\s*)<value[^>]*?(?:/>|>[^<]*</value>)`);
    if (!stands.test(record)) throw new Error(`${path} has no ${field}.`);
    return record.replace(stands, (_, before: string) => `${before}${valueElement(value)}`);
  }, shipped);
  return { [path]: text };
}

/** A trigger record of an admin's own, as a file of a package. A field that is not given is empty. */
export function newTriggerFile(name: string, values: Values): Record<string, string> {
  const fields = Object.entries(values).map(
    ([field, value]) => `  <values>\n    <field>${field}</field>\n    ${valueElement(value)}\n  </values>`,
  );
  const types = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';
  const inner = [`  <label>${name.replaceAll('_', ' ')}</label>`, '  <protected>false</protected>', ...fields].join(
    '\n',
  );
  const text = xml('CustomMetadata', inner).replace('<CustomMetadata ', `<CustomMetadata ${types} `);
  return { [`customMetadata/NPS_Trigger.${name}.md`]: text };
}

function valueElement(value: Values[string]): string {
  if (value === null) return '<value xsi:nil="true"/>';
  const dated = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  const kind =
    typeof value === 'number' ? 'double' : typeof value === 'boolean' ? 'boolean' : dated ? 'date' : 'string';
  return `<value xsi:type="xsd:${kind}">${String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</value>`;
}
