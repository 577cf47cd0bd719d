import type { MetadataFile } from '../../../src/sandbox/metadata/component.ts';

/** One fault planted in the metadata, and where the check has to say it is. */
export interface Mutation {
  rule: string;
  name: string;
  plant(files: readonly MetadataFile[]): Planted;
}

export interface Planted {
  files: MetadataFile[];
  file: string;
  line: number;
}

const MAIN = 'force-app/main/default';
export const MANIFEST = 'force-app/main/package.xml';
export const LAYOUT = `${MAIN}/layouts/NPS_Response__c-NPS Response Layout.layout-meta.xml`;
export const object = (name: string) => `${MAIN}/objects/${name}/${name}.object-meta.xml`;
export const part = (of: string, name: string) => `${MAIN}/objects/${of}/${name}-meta.xml`;
export const field = (name: string) => `${MAIN}/objects/${name.replace('.', '/fields/')}.field-meta.xml`;
export const permissions = (name: string) => `${MAIN}/permissionsets/NPS_${name}.permissionset-meta.xml`;
export const tab = (name: string) => `${MAIN}/tabs/${name}.tab-meta.xml`;
export const record = (name: string) =>
  `force-app/defaults/main/default/customMetadata/NPS_Trigger.${name}.md-meta.xml`;

/** Where a fault of the whole component is told: at its root element. */
export const ROOT = /<(?!\?)/;

/**
 * Replaces a text once. The fault is told where it was, or at the first place that matches `at` in the changed file.
 */
export function edit(
  rule: string,
  name: string,
  file: string,
  was: string,
  becomes: string,
  at?: string | RegExp,
): Mutation {
  return {
    rule,
    name,
    plant(files) {
      const whole = files.find(({ path }) => path === file)?.text ?? '';
      if (!whole.includes(was)) throw new Error(`The mutation "${name}" finds no ${was} in ${file}.`);
      const text = whole.replace(was, () => becomes);
      const line = at === undefined ? lineOf(whole, was) : lineOf(text, at);
      return { files: files.map((each) => (each.path === file ? { path: file, text } : each)), file, line };
    },
  };
}

/** Gives a file another name. */
export function renamed(rule: string, name: string, file: string, to: string): Mutation {
  return {
    rule,
    name,
    plant(files) {
      const changed = files.map((each) => (each.path === file ? { path: to, text: each.text } : each));
      return { files: changed, file: to, line: lineOf(changed.find(({ path }) => path === to)?.text ?? '', /^/) };
    },
  };
}

/** Takes a file away; the fault is told at `at` in the file that names it. */
export function removed(rule: string, name: string, file: string, told: string, at: string): Mutation {
  return {
    rule,
    name,
    plant(files) {
      const text = files.find(({ path }) => path === told)?.text ?? '';
      return { files: files.filter(({ path }) => path !== file), file: told, line: lineOf(text, at) };
    },
  };
}

/** Ships one file more; the fault is told at its root element. */
export function added(rule: string, name: string, file: string, text: string): Mutation {
  return {
    rule,
    name,
    plant: (files) => ({ files: [...files, { path: file, text }], file, line: lineOf(text, ROOT) }),
  };
}

function lineOf(text: string, at: string | RegExp): number {
  const index = typeof at === 'string' ? text.indexOf(at) : text.search(at);
  if (index < 0) throw new Error(`A mutation is to be found at ${at}, which is not there.`);
  return text.slice(0, index).split('\n').length;
}
