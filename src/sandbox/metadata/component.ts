import type { Complaint } from './finding.ts';
import { KINDS, type Kind } from './kinds.ts';
import { all, isFault, parseFile, textOf, type XmlElement } from './xml.ts';

/** A file as it lies in the project or in a zip to be deployed. */
export interface MetadataFile {
  path: string;
  text: string;
}

/** One component: a file in source format, or a part of an object's file in metadata format. */
export interface Component {
  kind: Kind;
  type: string;
  /** As the file is named: `Score__c`, `NPS_Trigger.First_Value`, `Folder/Report`. */
  name: string;
  /** The object it is part of; empty for what stands alone. */
  object: string;
  file: string;
  root: XmlElement;
}

export interface ReadComponents {
  components: Component[];
  /** Files that are not XML, or of no kind we know. */
  unreadable: Complaint[];
  unknown: Complaint[];
  manifests: { file: string; root: XmlElement }[];
}

/** What no deploy looks at (`.forceignore`), and what lies beside the XML of a bundle. */
const NO_METADATA = /(^|\/)(README\.md|jsconfig\.json|tsconfig\.json|\.eslintrc\.json)$|\/__tests__\//;
const BESIDE_XML = /(^|\/)(lwc|staticresources)\/.+\.(js|html|css|svg|ts|json|png)$/;

/** Reads every component of a file set, in source or metadata format. */
export function readComponents(files: readonly MetadataFile[]): ReadComponents {
  const read: ReadComponents = { components: [], unreadable: [], unknown: [], manifests: [] };
  for (const file of files) {
    const { path } = file;
    if (NO_METADATA.test(path) || BESIDE_XML.test(path)) continue;
    const found = kindOf(path);
    const isManifest = /(^|\/)package\.xml$/.test(path);
    if (!found && !isManifest) {
      read.unknown.push({ file: path, line: 1, message: `${path} is no file of a metadata kind known here.` });
      continue;
    }
    const root = parseFile(file);
    if (isFault(root)) read.unreadable.push({ file: path, ...root });
    else if (found) read.components.push(...componentsIn(found, path, root));
    else read.manifests.push({ file: path, root });
  }
  return read;
}

function kindOf(path: string): { kind: Kind; name: string; object: string } | undefined {
  const parts = path.split('/');
  const base = parts.at(-1) ?? '';
  const folderOfReports = /^([^.]+)-meta\.xml$/.exec(base)?.[1];
  const ofFolders = KINDS.find(({ folder, type }) => folder === parts.at(-2) && type.endsWith('Folder'));
  // In metadata format a folder's file has no suffix.
  if (folderOfReports && ofFolders) return { kind: ofFolders, name: folderOfReports, object: '' };
  const named = /^(.+)\.(\w+)$/.exec(base.replace(/-meta\.xml$/, ''));
  const [, bare = '', suffix = ''] = named ?? [];
  const kind = KINDS.find((each) => each.suffix === suffix && parts.slice(0, -1).includes(each.folder));
  // A bundle's code has the ending of its metadata file.
  if (!kind || (kind.suffix === 'js' && !base.endsWith('-meta.xml'))) return undefined;
  if (kind.partOfObject) {
    if (parts.at(-2) !== kind.folder || !base.endsWith('-meta.xml')) return undefined;
    return { kind, name: bare, object: parts.at(-3) ?? '' };
  }
  const below = parts.slice(parts.lastIndexOf(kind.folder) + 1, -1);
  const inFolders = ['reports', 'dashboards', 'email'].includes(kind.folder);
  return { kind, name: decodeURIComponent(inFolders ? [...below, bare].join('/') : bare), object: '' };
}

function componentsIn(found: { kind: Kind; name: string; object: string }, file: string, root: XmlElement) {
  const { kind, name, object } = found;
  const whole: Component = { kind, type: kind.type, name, object, file, root };
  if (kind.type !== 'CustomObject') return [whole];
  const parts = KINDS.flatMap((each) =>
    all(root, each.partOfObject ?? '').map((element) => ({
      kind: each,
      type: each.type,
      name: textOf(element, 'fullName') ?? '',
      object: name,
      file,
      root: element,
    })),
  );
  return [whole, ...parts];
}

/** How a manifest names it. */
export const fullNameOf = ({ object, name }: Component): string => (object === '' ? name : `${object}.${name}`);
