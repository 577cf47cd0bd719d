import { makeCatalog } from './catalog.ts';
import { type MetadataFile, readComponents } from './component.ts';
import type { Finding } from './finding.ts';
import type { Package, Service } from './rule.ts';
import { RULES } from './rules.ts';

const NOBODY: Service = { demands: [], queries: [] };

/**
 * Checks metadata in source or metadata format, held in memory, as an org would on deploying it and as this project
 * asks of its own. The set must be whole: what its files name has to be in it or be standard.
 */
export function checkMetadata(files: readonly MetadataFile[], service: Service = NOBODY): Finding[] {
  const read = readComponents(files);
  const byType = Map.groupBy(read.components, ({ type }) => type);
  const pack: Package = {
    ...read,
    files,
    service,
    catalog: makeCatalog(read.components),
    ofType: (type) => byType.get(type) ?? [],
  };
  return RULES.flatMap(({ name, severity, check }) =>
    check(pack).map((complaint) => ({ rule: name, severity, ...complaint })),
  ).toSorted((one, other) => one.file.localeCompare(other.file) || one.line - other.line);
}
