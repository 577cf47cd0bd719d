import { basename } from 'node:path';
import type { Complaint } from '../metadata/finding.ts';
import { all, isFault, parseFile, textOf, type XmlElement } from '../metadata/xml.ts';
import type { SourceFile } from '../org/schema/metadata-file.ts';

/** One `.flow-meta.xml`. */
export interface FlowFile {
  path: string;
  /** Its API name, which is the file's. */
  name: string;
  root: XmlElement;
}

/** The flows among these files, and those that are not even XML. */
export function readFlowFiles(source: readonly SourceFile[]): { files: FlowFile[]; unreadable: Complaint[] } {
  const files: FlowFile[] = [];
  const unreadable: Complaint[] = [];
  for (const file of source) {
    const { path } = file;
    if (!path.endsWith('.flow-meta.xml')) continue;
    const root = parseFile(file);
    if (isFault(root)) unreadable.push({ file: path, ...root });
    else files.push({ path, name: basename(path, '.flow-meta.xml'), root });
  }
  return { files, unreadable };
}

/** The variable of that name, as far as it is handed over in that direction. */
export function handedOver(file: FlowFile, name: string, way: 'isInput' | 'isOutput'): XmlElement | undefined {
  return all(file.root, 'variables').find((each) => textOf(each, 'name') === name && textOf(each, way) === 'true');
}
