import type { FieldValue } from '../org.ts';
import { children, childText, type Element, metadataFiles, type SourceFile } from './metadata-file.ts';

/** One record of a custom metadata type, as a `Type.Name.md-meta.xml` file describes it. */
export interface MetadataRecord {
  /** Of its file. */
  path: string;
  /** With its ending, `NPS_Trigger__mdt`. */
  type: string;
  developerName: string;
  label: string;
  fields: Record<string, FieldValue>;
}

/** The custom metadata records among these files. */
export function readMetadataRecords(source: readonly SourceFile[]): MetadataRecord[] {
  return metadataFiles(source, '**/customMetadata/*.md-meta.xml').map(({ path, fullName, root }) => {
    const [type = '', developerName = ''] = fullName.split('.');
    const values = children(root, 'values').map((each) => [childText(each, 'field') ?? '', value(each)] as const);
    return {
      path,
      type: `${type}__mdt`,
      developerName,
      label: childText(root, 'label') ?? developerName,
      fields: Object.fromEntries(values),
    };
  });
}

function value(values: Element): FieldValue {
  const [element] = children(values, 'value');
  const text = childText(values, 'value');
  const type = typeof element === 'object' && !Array.isArray(element) ? element['@_xsi:type'] : undefined;
  if (text === undefined || (typeof element === 'object' && element['@_xsi:nil'] === 'true')) return null;
  if (type === 'xsd:boolean') return text === 'true';
  if (type === 'xsd:double' || type === 'xsd:int') return Number(text);
  return text;
}
