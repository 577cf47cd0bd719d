import type { Component, MetadataFile } from '../component.ts';
import type { Complaint } from '../finding.ts';
import { graphqlUses } from '../graphql-uses.ts';
import { about, type Package, type Rule } from '../rule.ts';
import { along, everyElement, first, textOf } from '../xml.ts';

const TARGETS = [
  ...[
    'lightning__AppPage',
    'lightning__HomePage',
    'lightning__RecordPage',
    'lightning__RecordAction',
    'lightning__Tab',
  ],
  ...[
    'lightning__FlowScreen',
    'lightning__UtilityBar',
    'lightning__Inbox',
    'lightning__GlobalAction',
    'lightning__UrlAddressable',
  ],
  ...[
    'lightningCommunity__Page',
    'lightningCommunity__Default',
    'lightning__EnablementProgram',
    'lightningSnapin__ChatMessage',
  ],
];
const OLDEST_API = 60;

export const lwc: Rule = {
  name: 'lwc',
  severity: 'error',
  says: 'A component has its js-meta.xml, exposes itself to targets that exist and to objects that do, and imports or queries fields, objects, labels and components that exist.',
  source:
    'Lightning Web Components Developer Guide, "XML Configuration File Elements", "@salesforce Modules", "GraphQL API Wire Adapter"',
  check: (pack) => [
    ...bundles(pack),
    ...pack.ofType('LightningComponentBundle').flatMap((component) => inMeta(component, pack)),
  ],
};

const BUNDLE = /(^|\/)lwc\/(\w+)\/(?!__)([^/]+)$/;

function bundles(pack: Package): Complaint[] {
  const code = pack.files.flatMap((file) => {
    const [, , bundle = '', name = ''] = BUNDLE.exec(file.path) ?? [];
    return bundle === '' || file.path.endsWith('-meta.xml') ? [] : [{ file, bundle, name }];
  });
  const whole = Map.groupBy(code, ({ bundle }) => bundle);
  const bare = [...whole].flatMap(([bundle, [one]]) => {
    const meta = pack.ofType('LightningComponentBundle').some(({ name }) => name === bundle);
    return meta || !one ? [] : [{ file: one.file.path, line: 1, message: `${bundle} has no ${bundle}.js-meta.xml.` }];
  });
  const scripts = code.filter(({ name }) => name.endsWith('.js'));
  return [
    ...bare,
    ...scripts.flatMap(({ file }) => [...imports(file, pack), ...queries(file, pack)]),
    ...templates(
      code.map(({ file }) => file),
      pack,
    ),
  ];
}

function imports({ path, text }: MetadataFile, { catalog, ofType }: Package): Complaint[] {
  return text.split('\n').flatMap((line, index) => {
    const [, module = ''] = /from\s+['"]([^'"]+)['"]/.exec(line) ?? [];
    const [, kind = '', name = ''] = /^(@salesforce\/schema|@salesforce\/label|c)\/(.+)$/.exec(module) ?? [];
    const [object = '', ...field] = name.split('.');
    const exists: Record<string, () => boolean> = {
      '@salesforce/schema': () =>
        catalog.object(object) !== undefined &&
        (field.length === 0 || catalog.path(object, field.join('.')) !== undefined),
      '@salesforce/label': () =>
        ofType('CustomLabels').some(({ root }) =>
          along(root, 'labels/fullName').some(({ text: label }) => `c.${label.trim()}` === name),
        ),
      c: () => ofType('LightningComponentBundle').some((each) => each.name === name),
    };
    return exists[kind]?.() === false ? [{ file: path, line: index + 1, message: `There is no ${module}.` }] : [];
  });
}

/** What GraphQL queries name; an org would refuse them only when the component is looked at. */
function queries({ path, text }: MetadataFile, { catalog }: Package): Complaint[] {
  return [...text.matchAll(/\bgql`([^`]*)`/g)].flatMap(({ 1: query = '', index }) => {
    const firstLine = text.slice(0, index).split('\n').length;
    return graphqlUses(query)
      .filter(({ object, path: field }) => (field ? !catalog.path(object, field) : !catalog.object(object)))
      .map(({ object, path: field, line }) => ({
        file: path,
        line: firstLine + line,
        message: field ? `${object} has no field ${field}.` : `There is no object ${object}.`,
      }));
  });
}

function templates(files: MetadataFile[], { ofType }: Package): Complaint[] {
  return files
    .filter(({ path }) => path.endsWith('.html'))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) =>
        [...line.matchAll(/<c-([\w-]+)/g)]
          .map(([, tag = '']) => tag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()))
          .filter((name) => !ofType('LightningComponentBundle').some((each) => each.name === name))
          .map((name) => ({ file: path, line: index + 1, message: `There is no component ${name}.` })),
      ),
    );
}

function inMeta(component: Component, { catalog, files }: Package): Complaint[] {
  const { root, name, file } = component;
  const script = files.some(({ path }) => path === file.replace(/-meta\.xml$/, ''));
  const targets = along(root, 'targets/target');
  const wrong = targets
    .filter(({ text }) => !TARGETS.includes(text.trim()))
    .map((target) => about(component, target, `${target.text.trim()} is no target.`));
  const configured = along(root, 'targetConfigs/targetConfig')
    .filter(({ attributes }) =>
      (attributes.targets ?? '').split(',').some((each) => !targets.some(({ text }) => text.trim() === each.trim())),
    )
    .map((config) =>
      about(component, config, `A configuration for ${config.attributes.targets}, which is not among the targets.`),
    );
  const objects = everyElement(root)
    .filter((element) => element.name === 'object' && !catalog.object(element.text.trim()))
    .map((element) => about(component, element, `There is no object ${element.text.trim()}.`));
  const version = first(root, 'apiVersion');
  const old =
    Number(version?.text ?? 0) < OLDEST_API
      ? [about(component, version ?? root, `apiVersion has to be ${OLDEST_API}.0 or later.`)]
      : [];
  const hidden =
    textOf(root, 'isExposed') === 'true' && targets.length === 0
      ? [about(component, root, `${name} is exposed, but to no target.`)]
      : [];
  return [
    ...(script ? [] : [about(component, root, `${name} has no ${name}.js.`)]),
    ...wrong,
    ...configured,
    ...objects,
    ...old,
    ...hidden,
  ];
}
