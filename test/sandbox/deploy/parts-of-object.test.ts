import { describe, expect, it } from 'vitest';
import { partsOfObject } from '../../../src/sandbox/deploy/parts-of-object.ts';
import { checkboxField, xml } from './package.ts';

const WHOLE = xml(
  'CustomObject',
  `  <compactLayouts>
    <fullName>Short</fullName>
    <fields>Name</fields>
    <label>Short</label>
  </compactLayouts>
${checkboxField('Answered__c')}
  <label>Survey</label>
  <sharingModel>Private</sharingModel>`,
);

describe('an object in metadata format', () => {
  const parts = partsOfObject('Survey__c', WHOLE);
  const part = (path: string) => parts.find(({ file }) => file.path === path);

  it('comes apart into the files source format keeps', () => {
    expect(parts.map(({ file }) => file.path).sort()).toEqual([
      'objects/Survey__c/Survey__c.object-meta.xml',
      'objects/Survey__c/compactLayouts/Short.compactLayout-meta.xml',
      'objects/Survey__c/fields/Answered__c.field-meta.xml',
    ]);
  });

  it('keeps in the rest what is no part', () => {
    const rest = part('objects/Survey__c/Survey__c.object-meta.xml')?.file.text;
    expect(rest).toContain('<sharingModel>Private</sharingModel>');
    expect(rest).not.toContain('Answered__c');
  });

  it('tells where each line of a part stands in the whole', () => {
    const field = part('objects/Survey__c/fields/Answered__c.field-meta.xml');
    const line = field?.file.text.split('\n').findIndex((each) => each.includes('<type>Checkbox')) ?? -1;
    expect(WHOLE.split('\n')[(field?.firstLine ?? 0) - 1 + line]).toContain('<type>Checkbox');
  });

  it('has no file of its own when it only adds parts to a standard object', () => {
    const added = partsOfObject('Account', xml('CustomObject', checkboxField('Answered__c')));
    expect(added.map(({ file }) => file.path)).toEqual(['objects/Account/fields/Answered__c.field-meta.xml']);
  });
});
