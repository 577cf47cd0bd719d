import { about, type Rule } from '../rule.ts';

export const knownFile: Rule = {
  name: 'known-file',
  severity: 'error',
  says: "Every file lies in its kind's folder under its kind's ending, and its root element is that kind.",
  source: "Salesforce DX source format; SDR's `metadataRegistry.json`",
  check: ({ unknown, components }) => [
    ...unknown,
    ...components
      .filter(({ root, kind, type }) => root.name !== type && root.name !== kind.partOfObject)
      .map((component) =>
        about(
          component,
          component.root,
          `The root element is ${component.root.name}; a file of this name holds a ${component.type}.`,
        ),
      ),
  ],
};
