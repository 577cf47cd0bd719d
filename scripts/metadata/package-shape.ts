import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ComponentSet } from '@salesforce/source-deploy-retrieve';
import type { Finding } from '../../src/sandbox/metadata/finding.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The packages of `sfdx-project.json`, each deployed by itself. */
export const PACKAGES = ['force-app/main', 'force-app/defaults', 'force-app/auth'];
/** As in `sfdx-project.json`; without it each conversion waits for a look-up on the network. */
export const API_VERSION = '68.0';

/** The components of a package, as the Salesforce CLI would read them, and the manifest it would write. */
export async function packed(folder: string) {
  const { ComponentSet } = await import('@salesforce/source-deploy-retrieve');
  const set = ComponentSet.fromSource(join(ROOT, folder));
  set.apiVersion = API_VERSION;
  set.sourceApiVersion = API_VERSION;
  return set;
}

/** Where the manifest beside a package is not what the CLI would write for its files. */
export async function misshapen(): Promise<Finding[]> {
  const { ComponentSet } = await import('@salesforce/source-deploy-retrieve');
  const findings = await Promise.all(
    PACKAGES.map(async (folder) => {
      const file = join(folder, 'package.xml');
      if (!existsSync(join(ROOT, file))) return [finding(file, 'There is no manifest.')];
      const listed = await members(await ComponentSet.fromManifest(join(ROOT, file)));
      const shipped = await members(await packed(folder));
      return [
        ...[...shipped]
          .filter((each) => !listed.has(each))
          .map((each) => finding(file, `${each} is shipped but not listed.`)),
        ...[...listed]
          .filter((each) => !shipped.has(each))
          .map((each) => finding(file, `${each} is listed but not shipped.`)),
      ];
    }),
  );
  return findings.flat();
}

async function members(set: Pick<ComponentSet, 'getObject'>): Promise<Set<string>> {
  const { Package } = await set.getObject();
  return new Set(Package.types.flatMap(({ name, members }) => members.map((each) => `${name} ${each}`)));
}

const finding = (file: string, message: string): Finding => ({
  rule: 'package-shape',
  file,
  line: 1,
  message,
  severity: 'error',
});
