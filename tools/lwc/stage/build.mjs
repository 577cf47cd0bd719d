// Compiles the shipped components with Salesforce's own base components into one script for a browser: `stage.js`.
// What only an org has (wire adapters, labels, the schema, toasts, navigation) is played by the files beside this one.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import lwc from '@lwc/rollup-plugin';
import { rollup } from 'rollup';

const here = import.meta.dirname;
const packages = join(here, '../node_modules');
const shipped = join(here, '../../../force-app/main/default');
const base = join(packages, 'lightning-base-components');
const ENGINE = ['lwc', '@lwc/engine-dom', '@lwc/synthetic-shadow', '@lwc/shared', '@lwc/features'];

const labels = Object.fromEntries(
  [
    ...readFileSync(join(shipped, 'labels/CustomLabels.labels-meta.xml'), 'utf8').matchAll(
      /<fullName>(\w+)<\/fullName>[\s\S]*?<value>([^<]*)<\/value>/g,
    ),
  ].map(([, name, value]) => [name, value.replaceAll('&amp;', '&')]),
);

const org = {
  name: 'org',
  resolveId(id) {
    const [, namespace, name] = /^(c|lightning)\/(\w+)$/.exec(id) ?? [];
    const played = join(here, 'lightning', `${name}.js`);
    if (namespace === 'lightning' && existsSync(played)) return played;
    if (namespace === 'c') return join(shipped, 'lwc', name, `${name}.js`);
    if (ENGINE.includes(id)) return join(packages, id === 'lwc' ? '@lwc/engine-dom' : id, 'dist/index.js');
    return /^@salesforce\/(schema|label\/c\.NPS_)/.test(id) ? `\0${id}` : undefined;
  },
  load(id) {
    const [, label] = /^\0@salesforce\/label\/c\.(\w+)$/.exec(id) ?? [];
    if (label) return `export default ${JSON.stringify(labels[label])};`;
    const [, object, field] = /^\0@salesforce\/schema\/(\w+)(?:\.(\w+))?$/.exec(id) ?? [];
    if (!object) return undefined;
    const named = field ? { objectApiName: object, fieldApiName: field } : { objectApiName: object };
    return `export default ${JSON.stringify(named)};`;
  },
  transform: (code) =>
    code.replaceAll(/\bimport\.meta\.env\.SSR\b/g, 'false').replaceAll(/\bprocess\.env\.NODE_ENV\b/g, '"production"'),
};

const { lwc: described } = JSON.parse(readFileSync(join(base, 'package.json'), 'utf8'));
const modules = described.modules.map(({ dir, name, path }) =>
  dir ? { dir: join(base, dir) } : { name, path: join(base, path) },
);
const bundle = await rollup({
  input: join(here, 'stage.js'),
  plugins: [org, lwc({ rootDir: here, modules, enableDynamicComponents: true })],
  onwarn: ({ code, message, id }) => {
    // The base components warn of themselves; what is ours must not.
    if (code !== 'CIRCULAR_DEPENDENCY' && !`${id}${message}`.includes('lightning-base-components'))
      throw new Error(message);
  },
});
await bundle.write({ file: process.argv[2], format: 'iife', inlineDynamicImports: true });
