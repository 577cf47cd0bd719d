// `node scripts/manifest.ts`: writes the package.xml of each package from its files.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGES, packed } from './metadata/package-shape.ts';

for (const folder of PACKAGES) {
  const set = await packed(folder);
  writeFileSync(join(import.meta.dirname, '..', folder, 'package.xml'), await set.getPackageXml());
  console.log(`${folder}/package.xml: ${set.size} components`);
}
