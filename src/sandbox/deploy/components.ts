import { fullNameOf, readComponents } from '../metadata/component.ts';
import { KINDS } from '../metadata/kinds.ts';
import { isFault, parseXml } from '../metadata/xml.ts';
import type { SourceFile } from '../org/schema/metadata-file.ts';
import { partsOfObject } from './parts-of-object.ts';

/** One file as the org keeps it, and what it is called in the package it came in. */
export interface DeployedComponent {
  file: SourceFile;
  /** `CustomField`; empty for what has none, as code beside a bundle's XML. */
  type: string;
  /** `Account.NPS_Score__c` */
  fullName: string;
  /** Its file in the package, `objects/Account.object`. */
  fileName: string;
  /** The line of that file which is line 1 here. */
  firstLine: number;
}

/** The components of a package in metadata format, each as a file in source format. */
export function componentsOf(packaged: readonly SourceFile[]): DeployedComponent[] {
  return packaged
    .filter(({ path }) => path.includes('/'))
    .flatMap((whole) =>
      inSourceFormat(whole).map(({ file, firstLine }) => {
        const [component] = readComponents([file]).components;
        const named = component ? { type: component.type, fullName: fullNameOf(component) } : unnamed(file);
        return { file, fileName: whole.path, firstLine, ...named };
      }),
    );
}

function inSourceFormat({ path, text }: SourceFile): { file: SourceFile; firstLine: number }[] {
  const object = /^objects\/([^/]+)\.object$/.exec(path)?.[1];
  // What cannot be read stays whole: the check will say why.
  if (object && !isFault(parseXml(text))) return partsOfObject(object, text);
  return [{ file: { path: sourcePath(path), text }, firstLine: 1 }];
}

/** `permissionsets/A.permissionset` is `permissionsets/A.permissionset-meta.xml`, the folder `reports/A-meta.xml` is `reports/A.reportFolder-meta.xml`. */
function sourcePath(path: string): string {
  const [folder = ''] = path.split('/');
  const ofFolder = KINDS.filter((each) => each.folder === folder);
  const aFolder = ofFolder.find(({ type }) => type.endsWith('Folder'));
  if (aFolder && /^[^.]+-meta\.xml$/.test(path)) return path.replace('-meta.xml', `.${aFolder.suffix}-meta.xml`);
  return ofFolder.some(({ suffix }) => suffix !== 'js' && path.endsWith(`.${suffix}`)) ? `${path}-meta.xml` : path;
}

function unnamed({ path }: SourceFile): { type: string; fullName: string } {
  const [folder = '', ...rest] = path.split('/');
  const type = KINDS.find((each) => each.folder === folder)?.type ?? '';
  const isBundle = type === 'LightningComponentBundle';
  const name = isBundle ? (rest[0] ?? '') : rest.join('/');
  return { type, fullName: name.replace(/(\.\w+)?(-meta\.xml)?$/, '') };
}
