import type { Faults } from '../../fault.ts';
import { OrgError } from '../org-error.ts';
import type { Author } from '../rows/writer.ts';

/** Refuses writes that are ordered to fail, and writes to a row that somebody else holds. */
export function writeCheck(faults: Faults): Author['checkWritable'] {
  return ({ name, fields }, row) => {
    const ordered = faults.writing(name);
    if (ordered) throw new OrgError(ordered.errorCode, ordered.message, { fields: [] });
    // Whoever writes a child holds its parents, too.
    const held = fields.flatMap(({ name: field, type, cascadeDelete }) => {
      const id = type === 'id' || cascadeDelete ? row[field] : undefined;
      return typeof id === 'string' ? [id] : [];
    });
    if (!faults.isLocked(held)) return;
    const message = `unable to obtain exclusive access to this record or 1 records: ${held.join(',')}`;
    throw new OrgError('UNABLE_TO_LOCK_ROW', message, { fields: [] });
  };
}
