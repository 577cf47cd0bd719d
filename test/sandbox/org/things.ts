import type { SandboxOrg } from '../../../src/sandbox/org/open-org.ts';

const field = (name: string, inner: string) => ({
  path: `objects/Thing__c/fields/${name}.field-meta.xml`,
  text: `<CustomField><fullName>${name}</fullName><label>${name}</label>${inner}</CustomField>`,
});
const number = '<type>Number</type><precision>6</precision><scale>2</scale>';

/** An object with every kind of rule our own metadata does not ship. */
export const THINGS = [
  {
    path: 'objects/Thing__c/Thing__c.object-meta.xml',
    text: '<CustomObject><label>Thing</label><pluralLabel>Things</pluralLabel><nameField><label>Name</label><type>Text</type></nameField><sharingModel>ReadWrite</sharingModel></CustomObject>',
  },
  field('Key__c', '<type>Text</type><length>40</length><externalId>true</externalId>'),
  field('Price__c', number),
  field('Bought__c', '<type>Date</type><defaultValue>TODAY()</defaultValue>'),
  field('Double__c', `${number}<formula>Price__c * 2</formula>`),
  field('Owner_Of__c', '<type>Text</type><formula>Account__r.Name &amp; "!"</formula>'),
  field('Seller__c', '<type>Lookup</type><referenceTo>User</referenceTo><relationshipName>Sold</relationshipName>'),
  field('Is_Mine__c', '<type>Checkbox</type><formula>Seller__c = $User.Id</formula>'),
  field('Read_By__c', '<type>Text</type><formula>$User.Username</formula>'),
  field(
    'Account__c',
    '<type>Lookup</type><referenceTo>Account</referenceTo><relationshipName>Things</relationshipName><deleteConstraint>Restrict</deleteConstraint>',
  ),
  field(
    'Whole__c',
    '<type>Lookup</type><referenceTo>Thing__c</referenceTo><relationshipName>Parts</relationshipName><deleteConstraint>SetNull</deleteConstraint>',
  ),
  {
    path: 'objects/Thing__c/validationRules/Price_Stays.validationRule-meta.xml',
    text: '<ValidationRule><fullName>Price_Stays</fullName><active>true</active><errorConditionFormula>AND(NOT(ISNEW()), ISCHANGED(Price__c), PRIORVALUE(Price__c) &gt; 10)</errorConditionFormula><errorDisplayField>Price__c</errorDisplayField><errorMessage>The price stays.</errorMessage></ValidationRule>',
  },
];

export function deployThings(org: SandboxOrg): void {
  org.install(THINGS, { checkOnly: false });
}
