// `node scripts/mutations.ts`: plants each fault in force-app, in memory, and prints what the check says of it.
import { pathToFileURL } from 'node:url';
import { checkMetadata } from '../src/sandbox/metadata/check-metadata.ts';
import type { MetadataFile } from '../src/sandbox/metadata/component.ts';
import type { Finding } from '../src/sandbox/metadata/finding.ts';
import type { Service } from '../src/sandbox/metadata/rule.ts';
import type { Mutation } from './metadata/mutations/mutation.ts';
import { REFERENCE_FAULTS } from './metadata/mutations/reference-faults.ts';
import { SHAPE_FAULTS } from './metadata/mutations/shape-faults.ts';
import { projectFiles } from './metadata/project-files.ts';
import { serviceDemands } from './metadata/service-demands.ts';

/** Forty faults, each by itself, in the metadata as it is shipped. */
export const MUTATIONS: Mutation[] = [...SHAPE_FAULTS, ...REFERENCE_FAULTS];

export interface Verdict {
  /** What was to be found, as `file:line rule`. */
  planted: string;
  found: Finding[];
  caught: boolean;
}

/** Plants a fault and checks. It is caught when a finding names its rule, its file and its line. */
export function tried(mutation: Mutation, files: readonly MetadataFile[], service: Service): Verdict {
  const { files: faulty, file, line } = mutation.plant(files);
  const found = checkMetadata(faulty, service);
  const caught = found.some((each) => each.rule === mutation.rule && each.file === file && each.line === line);
  return { planted: `${file}:${line} ${mutation.rule}`, found, caught };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const files = projectFiles();
  const service = await serviceDemands();
  const verdicts = MUTATIONS.map((mutation) => ({ mutation, ...tried(mutation, files, service) }));
  for (const { mutation, planted, found, caught } of verdicts) {
    console.log(`${caught ? 'caught' : 'MISSED'}  ${mutation.name}: ${planted}`);
    if (!caught)
      for (const each of found) console.log(`          ${each.file}:${each.line} ${each.rule} ${each.message}`);
  }
  const missed = verdicts.filter(({ caught }) => !caught).length;
  console.log(`${verdicts.length - missed} of ${verdicts.length} caught`);
  process.exit(missed === 0 ? 0 : 1);
}
