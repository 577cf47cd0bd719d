import { describe, expect, it } from 'vitest';
import { children, filesOf, text } from './metadata.ts';
import { fields, fieldsOf, isEvent } from './schema.ts';

const without = (tag: string, among = fields) =>
  among.filter((field) => !text(field.root, tag)?.trim()).map((field) => field.fullName);

describe('every field', () => {
  it('is found', () => {
    expect(fields.length).toBeGreaterThan(50);
  });

  it('says in its description what it is for', () => {
    expect(without('description')).toEqual([]);
  });

  it('helps the person who looks at it, unless nobody can: event fields have no page', () => {
    expect(
      without(
        'inlineHelpText',
        fields.filter((field) => !isEvent(field)),
      ),
    ).toEqual([]);
  });

  it('keeps within the lengths Salesforce allows for descriptions, help and labels', () => {
    const tooLong = fields.filter(
      ({ root }) =>
        (text(root, 'description') ?? '').length > 1000 ||
        (text(root, 'inlineHelpText') ?? '').length > 510 ||
        (text(root, 'label') ?? '').length > 40,
    );
    expect(tooLong.map((field) => field.fullName)).toEqual([]);
  });

  it('is named as its file is', () => {
    expect(fields.filter((field) => text(field.root, 'fullName') !== field.name).map((field) => field.path)).toEqual(
      [],
    );
  });

  it('has a length if it is text, and a precision and scale if it is a number', () => {
    const unsized = fields.filter(({ type, root }) =>
      type === 'Number'
        ? !text(root, 'precision') || !text(root, 'scale')
        : ['Text', 'LongTextArea'].includes(type) && !text(root, 'length') && !text(root, 'formula'),
    );
    expect(unsized.map((field) => field.fullName)).toEqual([]);
  });

  it('lets the record it looks up be deleted', () => {
    const lookups = fields.filter((field) => field.type === 'Lookup');
    expect(lookups.length).toBeGreaterThan(5);
    expect(lookups.filter(({ root }) => text(root, 'deleteConstraint') !== 'SetNull')).toEqual([]);
  });

  it('of type picklist is restricted, so that a typing error cannot become a value', () => {
    const open = fields.filter(
      ({ type, root }) =>
        type === 'Picklist' && text(children(root, 'valueSet')[0] ?? { restricted: [] }, 'restricted') !== 'true',
    );
    expect(open.map((field) => field.fullName)).toEqual([]);
  });
});

describe('keys', () => {
  const keys = fields.filter((field) => field.name.endsWith('_Key__c'));

  it('are unique external ids whose case does not matter', () => {
    expect(keys.map((key) => key.fullName)).toEqual([
      'Activity.NPS_Task_Key__c',
      'NPS_Response__c.Response_Key__c',
      'NPS_Survey__c.Survey_Key__c',
    ]);
    for (const { root } of keys) {
      expect(text(root, 'externalId')).toBe('true');
      expect(text(root, 'unique')).toBe('true');
      expect(text(root, 'caseSensitive')).toBe('false');
      expect(text(root, 'length')).toBe('64');
    }
  });

  it('are the only field an invitation cannot be stored without', () => {
    const required = fieldsOf('NPS_Survey__c').filter(({ root }) => text(root, 'required') === 'true');
    expect(required.map((field) => field.name)).toEqual(['Survey_Key__c']);
  });
});

describe('objects', () => {
  it('describe themselves', () => {
    const objects = filesOf('object');
    expect(objects.map((object) => object.name)).toEqual([
      'NPS_Choice__mdt',
      'NPS_Command__e',
      'NPS_Health__c',
      'NPS_Lifecycle__e',
      'NPS_Metric__c',
      'NPS_Response__c',
      'NPS_Routing_Rule__mdt',
      'NPS_Sequence_Step__mdt',
      'NPS_Setting__mdt',
      'NPS_Survey__c',
      'NPS_Trigger_Text__mdt',
      'NPS_Trigger__mdt',
    ]);
    expect(objects.filter(({ root }) => !text(root, 'description')).map((object) => object.name)).toEqual([]);
  });

  it('publish lifecycle events only once their transaction is committed', () => {
    const event = filesOf('object').find((object) => object.name === 'NPS_Lifecycle__e');
    expect(event && text(event.root, 'publishBehavior')).toBe('PublishAfterCommit');
    expect(event && text(event.root, 'eventType')).toBe('HighVolume');
  });
});
