import type { Catalog } from './catalog.ts';
import { first, textOf, type XmlElement } from './xml.ts';

export interface ReportTables {
  /** The object behind each table: `Account`, `Account.NPS_Responses__r`. */
  tables: ReadonlyMap<string, string>;
  broken: { element: XmlElement; message: string }[];
}

/** Follows the joins of a custom report type from its base object. */
export function reportTables(root: XmlElement, catalog: Catalog): ReportTables {
  const tables = new Map<string, string>();
  const broken: ReportTables['broken'] = [];
  const join = (element: XmlElement | undefined, path: string, object: string) => {
    tables.set(path, object);
    const relationship = element && first(element, 'relationship');
    if (!element || !relationship) return;
    const child = catalog.childObject(object, relationship.text.trim());
    if (!child)
      broken.push({
        element: relationship,
        message: `${object} has no child relationship ${relationship.text.trim()}.`,
      });
    else join(first(element, 'join'), `${path}.${relationship.text.trim()}`, child);
  };
  const base = textOf(root, 'baseObject') ?? '';
  join(first(root, 'join'), base, base);
  return { tables, broken };
}
