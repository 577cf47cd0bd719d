import { posix } from 'node:path';
import JSZip from 'jszip';
import type { SourceFile } from '../org/schema/metadata-file.ts';

/** The files of a package to be deployed, their paths counted from its `package.xml`. Throws when there is none, or it deletes. */
export async function unzip(zip: ArrayBuffer): Promise<SourceFile[]> {
  const entries = Object.values((await JSZip.loadAsync(zip)).files).filter(({ dir }) => !dir);
  const manifest = entries.find(({ name }) => posix.basename(name) === 'package.xml');
  if (!manifest) throw new Error('No package.xml found');
  const destructive = entries.find(({ name }) => /destructiveChanges(Pre|Post)?\.xml$/.test(name));
  if (destructive) throw new Error(`The sandbox deletes nothing by a deploy; leave ${destructive.name} out.`);
  const root = posix.dirname(manifest.name);
  return Promise.all(
    entries.map(async (entry) => ({ path: posix.relative(root, entry.name), text: await entry.async('text') })),
  );
}
