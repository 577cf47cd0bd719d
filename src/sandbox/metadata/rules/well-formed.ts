import type { Rule } from '../rule.ts';

export const wellFormed: Rule = {
  name: 'well-formed',
  severity: 'error',
  says: 'Every metadata file is well-formed XML.',
  source: 'XML 1.0; Metadata API Developer Guide, "Deploying and Retrieving Metadata"',
  check: ({ unreadable }) => unreadable,
};
