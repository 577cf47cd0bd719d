/** What a field of one type needs, each with its bounds where it is a number, and what it may say besides. */
export interface FieldShape {
  needs: Record<string, [least: number, most: number] | null>;
  may: string[];
}

/** Elements that belong to some types only; everything else may stand in any field. */
export const TYPED_ELEMENTS = [
  'caseSensitive',
  'defaultValue',
  'deleteConstraint',
  'displayFormat',
  'externalId',
  'formula',
  'formulaTreatBlanksAs',
  'length',
  'lookupFilter',
  'maskChar',
  'maskType',
  'metadataRelationshipControllingField',
  'precision',
  'referenceTo',
  'relationshipLabel',
  'relationshipName',
  'relationshipOrder',
  'reparentableMasterDetail',
  'required',
  'scale',
  'startingNumber',
  'summarizedField',
  'summaryFilterItems',
  'summaryForeignKey',
  'summaryOperation',
  'unique',
  'valueSet',
  'visibleLines',
  'writeRequiresMasterRead',
];

const DIGITS: FieldShape['needs'] = { precision: [1, 18], scale: [0, 17] };
const PLAIN: FieldShape = { needs: {}, may: ['defaultValue', 'required'] };
const RELATED = ['relationshipLabel', 'lookupFilter'];

export const FIELD_SHAPES: Record<string, FieldShape> = {
  AutoNumber: { needs: { displayFormat: null }, may: ['externalId', 'startingNumber'] },
  Checkbox: { needs: { defaultValue: null }, may: [] },
  Currency: { needs: DIGITS, may: ['defaultValue', 'required'] },
  Date: PLAIN,
  DateTime: PLAIN,
  Email: { needs: {}, may: ['caseSensitive', 'defaultValue', 'externalId', 'required', 'unique'] },
  Html: { needs: { length: [256, 131072], visibleLines: [2, 50] }, may: [] },
  Location: { needs: { scale: [0, 15] }, may: ['required'] },
  LongTextArea: { needs: { length: [256, 131072], visibleLines: [2, 50] }, may: ['defaultValue'] },
  Lookup: {
    needs: { referenceTo: null, relationshipName: null },
    may: [...RELATED, 'deleteConstraint', 'required'],
  },
  MasterDetail: {
    needs: { referenceTo: null, relationshipName: null, relationshipOrder: [0, 1] },
    may: [...RELATED, 'reparentableMasterDetail', 'writeRequiresMasterRead'],
  },
  MetadataRelationship: {
    needs: { referenceTo: null, relationshipName: null },
    may: ['relationshipLabel', 'metadataRelationshipControllingField', 'required', 'unique'],
  },
  MultiselectPicklist: { needs: { valueSet: null, visibleLines: [3, 10] }, may: ['defaultValue', 'required'] },
  Number: { needs: DIGITS, may: ['defaultValue', 'externalId', 'required', 'unique'] },
  Percent: { needs: DIGITS, may: ['defaultValue', 'required'] },
  Phone: PLAIN,
  Picklist: { needs: { valueSet: null }, may: ['defaultValue', 'required'] },
  Summary: {
    needs: { summaryForeignKey: null, summaryOperation: null },
    may: ['summarizedField', 'summaryFilterItems'],
  },
  Text: { needs: { length: [1, 255] }, may: ['caseSensitive', 'defaultValue', 'externalId', 'required', 'unique'] },
  TextArea: PLAIN,
  Time: PLAIN,
  Url: PLAIN,
};

const COMPUTED: FieldShape = { needs: { formula: null }, may: ['formulaTreatBlanksAs'] };
const COMPUTED_NUMBER: FieldShape = { needs: { formula: null, ...DIGITS }, may: ['formulaTreatBlanksAs'] };

export const FORMULA_SHAPES: Record<string, FieldShape> = {
  Checkbox: COMPUTED,
  Currency: COMPUTED_NUMBER,
  Date: COMPUTED,
  DateTime: COMPUTED,
  Number: COMPUTED_NUMBER,
  Percent: COMPUTED_NUMBER,
  Text: COMPUTED,
  Time: COMPUTED,
};
