import type { Complaint } from '../finding.ts';
import type { Package, Query, Rule } from '../rule.ts';
import { soqlUses } from '../soql-uses.ts';

export const serviceQuery: Rule = {
  name: 'service-query',
  severity: 'warning',
  says: 'Every query of the service can be parsed, and the objects, fields and relationships it names exist.',
  source: 'SOQL and SOSL Reference; REST errors MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD',
  check: (pack) => pack.service.queries.flatMap((query) => inQuery(query, pack)),
};

function inQuery({ soql, file }: Query, { catalog }: Package): Complaint[] {
  const complain = (message: string): Complaint => ({ file, line: 1, message: `${message} The query: ${soql}` });
  try {
    const uses = soqlUses(soql, (parent, name) => catalog.childObject(parent, name) ?? `${parent}.${name}`);
    const objects = uses.objects
      .filter((object) => !catalog.object(object))
      .map((object) => complain(`There is no object ${object}.`));
    const fields = uses.fields
      .filter(({ object, path }) => catalog.object(object) && !catalog.path(object, path))
      .map(({ object, path }) => complain(`${object} has no ${path}.`));
    return [...objects, ...fields];
  } catch (error) {
    return [complain(`It cannot be parsed: ${error instanceof Error ? error.message : String(error)}.`)];
  }
}
