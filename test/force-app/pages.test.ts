import { describe, expect, it } from 'vitest';
import { children, filesOf, shippedPaths, text, texts } from './metadata.ts';
import { fieldsOf } from './schema.ts';

const isCustom = (field: string) => field.endsWith('__c');
const known = (object: string) => fieldsOf(object).map((field) => field.name);

const layouts = filesOf('layout').map((file) => {
  const items = children(file.root, 'layoutSections')
    .flatMap((section) => children(section, 'layoutColumns'))
    .flatMap((column) => children(column, 'layoutItems'));
  return { ...file, object: file.name.split('-')[0] ?? '', items };
});

describe.each(layouts)('$name', ({ object, items, root }) => {
  const placed = items.map((item) => text(item, 'field') ?? '');

  it('shows each of the object’s fields once and no other', () => {
    expect(placed.filter(isCustom).toSorted()).toEqual(known(object).toSorted());
  });

  it('requires what the database requires', () => {
    const must = fieldsOf(object)
      .filter((field) => field.type === 'MasterDetail' || text(field.root, 'required') === 'true')
      .map((field) => field.name);
    const required = items
      .filter((item) => text(item, 'behavior') === 'Required')
      .map((item) => text(item, 'field') ?? '');
    expect(required.filter(isCustom).toSorted()).toEqual(must.toSorted());
  });

  it('lists related records by fields they have', () => {
    for (const list of children(root, 'relatedLists')) {
      const related = text(list, 'relatedList')?.match(/^(\w+__c)\./)?.[1];
      if (related) expect(known(related)).toEqual(expect.arrayContaining(texts(list, 'fields').filter(isCustom)));
    }
  });
});

describe('pages', () => {
  it('of all our record types are shipped', () => {
    expect(layouts.map((layout) => layout.name)).toEqual([
      'NPS_Choice__mdt-NPS Choice Layout',
      'NPS_Health__c-NPS Health Layout',
      'NPS_Metric__c-NPS Metric Layout',
      'NPS_Response__c-NPS Response Layout',
      'NPS_Routing_Rule__mdt-NPS Routing Rule Layout',
      'NPS_Sequence_Step__mdt-NPS Sequence Step Layout',
      'NPS_Setting__mdt-NPS Setting Layout',
      'NPS_Survey__c-NPS Invitation Layout',
      'NPS_Trigger_Text__mdt-NPS Trigger Text Layout',
      'NPS_Trigger__mdt-NPS Trigger Layout',
    ]);
  });

  it.each([
    { kind: 'compactLayout', tag: 'fields' },
    { kind: 'listView', tag: 'columns' },
  ])('of kind $kind show only fields that exist', ({ kind, tag }) => {
    const files = filesOf(kind);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      const object = file.path.split('/').at(-3) ?? '';
      expect(known(object), file.path).toEqual(expect.arrayContaining(texts(file.root, tag).filter(isCustom)));
      expect(text(file.root, 'fullName')).toBe(file.name);
    }
  });

  it('show the segment and the score of a response first', () => {
    const compact = filesOf('compactLayout').find((file) => file.name === 'NPS_Response_Compact_Layout');
    expect(compact && texts(compact.root, 'fields').slice(0, 2)).toEqual(['Segment__c', 'Score__c']);
  });

  it('of an object are laid out compactly as the object says', () => {
    const names = filesOf('compactLayout').map((file) => file.name);
    const assigned = filesOf('object').flatMap((file) => texts(file.root, 'compactLayoutAssignment'));
    expect(assigned.toSorted()).toEqual(names.toSorted());
  });
});

describe('what belongs to the customer', () => {
  it('is left alone: nothing of a standard object is shipped but our fields', () => {
    const foreign = shippedPaths().filter(
      (path) =>
        /\.(recordType|standardValueSet|settings|profile)-meta\.xml$/.test(path) ||
        /\/layouts\/(?!NPS_)/.test(path) ||
        (/\/objects\/(?!NPS_)/.test(path) &&
          path.endsWith('.xml') &&
          !/\/fields\/NPS_\w+__c\.field-meta\.xml$/.test(path)),
    );
    expect(foreign).toEqual([]);
  });

  it('is not locked by a roll-up', () => {
    expect(fieldsOf('Account').filter((field) => field.type === 'Summary')).toEqual([]);
  });

  it('gets no id of another org', () => {
    const auth = filesOf('eca').concat(filesOf('ecaOauth'), filesOf('ecaGlblOauth'));
    expect(auth).toHaveLength(3);
    for (const { root } of auth) {
      expect(Object.keys(root)).not.toEqual(
        expect.arrayContaining([
          expect.stringMatching(/^(consumer(Key|Secret)|oauthLink|orgScopedExternalApp|certificate)$/),
        ]),
      );
    }
  });
});
