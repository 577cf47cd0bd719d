import { type Component, fullNameOf } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { all, along, first, textOf, type XmlElement } from '../xml.ts';

const OLDEST_API = 67;

export const manifest: Rule = {
  name: 'manifest',
  severity: 'error',
  says: 'A `package.xml` lists exactly the components in its folder, at API version 67.0 or later.',
  source: 'Metadata API Developer Guide, "Sample package.xml Manifest Files"; issue 3, "the manifest equals the files"',
  check: (pack) => pack.manifests.flatMap((each) => inManifest(each, pack)),
};

function inManifest({ file, root }: { file: string; root: XmlElement }, pack: Package): Complaint[] {
  const folder = file.replace(/package\.xml$/, '');
  const shipped = pack.components.filter((each) => each.file.startsWith(folder));
  const names = new Set(shipped.flatMap(keysOf));
  const listed = new Set<string>();
  const strangers = all(root, 'types').flatMap((types) => {
    const type = textOf(types, 'name') ?? '';
    return all(types, 'members').flatMap((member) => {
      // The CLI writes a folder as `NPS_Reports/`.
      const key = `${type}:${member.text.trim().replace(/\/$/, '')}`;
      const again = listed.has(key);
      listed.add(key);
      if (member.text.trim() === '*')
        return [about({ file }, member, `A wildcard does not say which ${type} are meant.`)];
      if (again) return [about({ file }, member, `${key} is listed twice.`)];
      return names.has(key)
        ? []
        : [
            about(
              { file },
              member,
              `${member.text.trim()} is listed as a ${type}, but not in ${folder || 'the package'}.`,
            ),
          ];
    });
  });
  const forgotten = [...new Set(shipped.filter(isFileOfItsOwn).flatMap(keysOf))]
    .filter((key) => !listed.has(key))
    .map((key) => about({ file }, root, `${key.replace(':', ' ')} is shipped but not listed.`));
  const version = first(root, 'version');
  const old = !(Number(version?.text ?? 0) >= OLDEST_API)
    ? [about({ file }, version ?? root, `The version is at least ${OLDEST_API}.0.`)]
    : [];
  return [...strangers, ...forgotten, ...old];
}

const LISTED_AS: Record<string, string> = { ReportFolder: 'Report', DashboardFolder: 'Dashboard' };

/** How a component is listed; a file of labels is listed, and each label in it. */
function keysOf(component: Component): string[] {
  const labels = component.type === 'CustomLabels' ? along(component.root, 'labels/fullName') : [];
  return [
    `${LISTED_AS[component.type] ?? component.type}:${fullNameOf(component)}`,
    ...labels.map(({ text }) => `CustomLabel:${text.trim()}`),
  ];
}

/** In metadata format fields stand in their object's file, and the file of a standard object is only their cover. */
function isFileOfItsOwn({ root, kind, type, name }: Component): boolean {
  if (type === 'CustomObject') return name.includes('__');
  return root.name !== kind.partOfObject;
}
