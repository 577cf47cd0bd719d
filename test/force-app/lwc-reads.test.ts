import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { graphqlUses } from '../../src/sandbox/metadata/graphql-uses.ts';
import { children, filesOf, type MetadataFile, text } from './metadata.ts';
import { fields, takesPermission } from './schema.ts';

const FOLDER = new URL('../../force-app/main/default/lwc/', import.meta.url).pathname;
const scripts = globSync('*/*.js', { cwd: FOLDER }).map((path) => readFileSync(FOLDER + path, 'utf8'));
const queries = scripts.flatMap((script) => [...script.matchAll(/\bgql`([^`]*)`/g)].map(([, query]) => query ?? ''));
const ours = new Map(fields.map((field) => [field.fullName, field]));

/** Our fields that components read: through GraphQL, a parent's by way of the lookup, and by their schema imports. */
const read = [
  ...queries.flatMap(graphqlUses).map(({ object, path }) => `${object}.${path.split('.')[0]?.replace(/__r$/, '__c')}`),
  ...scripts.flatMap((script) =>
    [...script.matchAll(/@salesforce\/schema\/(\w+\.\w+)/g)].map(([, name]) => name ?? ''),
  ),
].filter((name) => ours.has(name));

const granted = (set: MetadataFile, right: 'readable' | 'editable') =>
  children(set.root, 'fieldPermissions')
    .filter((permission) => text(permission, right) === 'true')
    .map((permission) => text(permission, 'field'));
const mayRead = (set: MetadataFile) =>
  children(set.root, 'objectPermissions')
    .filter((permission) => text(permission, 'allowRead') === 'true')
    .map((permission) => text(permission, 'object'));

describe.each(['NPS_Admin', 'NPS_CSM', 'NPS_Viewer'])('with %s', (name) => {
  const set = filesOf('permissionset').find((each) => each.name === name) as MetadataFile;

  it('the components can read every object they ask for', () => {
    const objects = [...new Set(queries.flatMap(graphqlUses).map(({ object }) => object)), 'Account', 'Contact'];
    expect(objects.length).toBeGreaterThan(4);
    expect(objects.filter((object) => !mayRead(set).includes(object))).toEqual([]);
  });

  it('the components can read every field they ask for', () => {
    expect(read.length).toBeGreaterThan(40);
    const needed = read.filter((field) => takesPermission(ours.get(field) as (typeof fields)[number]));
    expect(needed.filter((field) => !granted(set, 'readable').includes(field))).toEqual([]);
  });
});

it('a CSM can change what the components change', () => {
  const csm = filesOf('permissionset').find((each) => each.name === 'NPS_CSM') as MetadataFile;
  const changed = ['Request__c', 'Request_Note__c', 'Resolved__c'].map((field) => `NPS_Response__c.${field}`);
  expect(changed.filter((field) => !read.includes(field))).toEqual([]);
  expect(changed.filter((field) => !granted(csm, 'editable').includes(field))).toEqual([]);
});

it('a picklist that is shown is asked for in the language of the user; others are only compared', () => {
  const bare = [...queries.join('\n').matchAll(/^ +(\w+__c) \{ value \}$/gm)]
    .map(([, field]) => field ?? '')
    .filter((field) => fields.some((each) => each.name === field && each.type === 'Picklist'));
  // The pulse takes the words of its segments from getPicklistValues, the timeline compares the other two.
  expect(bare.toSorted()).toEqual(['Kind__c', 'Segment__c', 'Sequence__c']);
});
