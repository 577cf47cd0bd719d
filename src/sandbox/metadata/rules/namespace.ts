import { about, type Rule } from '../rule.ts';

const METADATA = 'http://soap.sforce.com/2006/04/metadata';
const PREFIXES: Record<string, string> = {
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
};

export const namespace: Rule = {
  name: 'namespace',
  severity: 'warning',
  says: "A file's elements stand in the Metadata API's namespace, and the prefixes of custom metadata values are declared.",
  source: 'Metadata API Developer Guide, "CustomMetadata"; an org forgives most of it',
  check: ({ components, manifests }) => [
    ...[...components.filter(({ root, kind }) => root.name !== kind.partOfObject), ...manifests]
      .filter(({ root }) => root.attributes.xmlns !== METADATA)
      .map(({ file, root }) => about({ file }, root, `${root.name} has to stand in the namespace ${METADATA}.`)),
    ...components
      .filter(({ type }) => type === 'CustomMetadata')
      .flatMap((component) =>
        Object.entries(PREFIXES)
          .filter(([name, uri]) => component.root.attributes[name] !== uri)
          .map(([name, uri]) => about(component, component.root, `${name} has to be declared as ${uri}.`)),
      ),
  ],
};
