import { amount, auditOnly, checkbox, field, longText, lookup, picklist, readOnly, text, whole } from '../field.ts';
import { standard } from './standard.ts';

const INDUSTRIES = [
  'Agriculture',
  'Banking',
  'Consulting',
  'Education',
  'Energy',
  'Engineering',
  'Finance',
  'Healthcare',
]
  .concat(['Hospitality', 'Insurance', 'Manufacturing', 'Media', 'Retail', 'Technology', 'Telecommunications'])
  .concat(['Transportation', 'Utilities', 'Other']);
const STAGES = ['Prospecting', 'Qualification', 'Needs Analysis', 'Value Proposition', 'Id. Decision Makers'].concat([
  'Perception Analysis',
  'Proposal/Price Quote',
  'Negotiation/Review',
  'Closed Won',
  'Closed Lost',
]);

export const BUSINESS = [
  standard('Account', '001', { label: 'Account', allowsActivities: true }, [
    text('Name', 255, { required: true, label: 'Account Name' }),
    lookup('OwnerId', 'User'),
    lookup('ParentId', 'Account', { childRelationshipName: 'ChildAccounts' }),
    picklist('Type', ['Prospect', 'Customer - Direct', 'Customer - Channel', 'Partner', 'Other']),
    picklist('Industry', INDUSTRIES),
    amount('AnnualRevenue'),
    whole('NumberOfEmployees'),
    text('AccountNumber', 40),
    picklist('Rating', ['Hot', 'Warm', 'Cold']),
    field('Phone', 'phone', { length: 40 }),
    field('Website', 'url', { length: 255 }),
    longText('Description', 32_000),
    text('BillingCity', 40),
    text('BillingCountry', 80),
    auditOnly(field('LastActivityDate', 'date')),
  ]),
  standard('Contract', '800', { label: 'Contract', allowsActivities: true, sharing: 'ControlledByParent' }, [
    lookup('AccountId', 'Account', { required: true, cascadeDelete: true, childRelationshipName: 'Contracts' }),
    text('Name', 80, { label: 'Contract Name' }),
    readOnly(text('ContractNumber', 30, { autoNumber: '{00000000}' })),
    field('StartDate', 'date'),
    // Calculated from start and term, as in an org that has "Auto-calculate Contract End Date" on.
    { ...readOnly(field('EndDate', 'date')), permissionable: true },
    whole('ContractTerm'),
    picklist('Status', ['Draft', 'In Approval Process', 'Activated'], { defaultValue: 'Draft', restricted: true }),
    readOnly(picklist('StatusCode', ['Draft', 'InApproval', 'Activated'])),
    auditOnly(field('ActivatedDate', 'datetime')),
    longText('Description', 32_000),
    lookup('OwnerId', 'User'),
  ]),
  standard('Case', '500', { label: 'Case', allowsActivities: true }, [
    readOnly(text('CaseNumber', 30, { autoNumber: '{00000000}' })),
    lookup('AccountId', 'Account', { childRelationshipName: 'Cases' }),
    lookup('ContactId', 'Contact', { childRelationshipName: 'Cases' }),
    text('Subject', 255),
    longText('Description', 32_000),
    picklist('Status', ['New', 'Working', 'Escalated', 'Closed'], { defaultValue: 'New' }),
    picklist('Priority', ['High', 'Medium', 'Low'], { defaultValue: 'Medium' }),
    picklist('Origin', ['Phone', 'Email', 'Web']),
    picklist('Type', ['Problem', 'Feature Request', 'Question']),
    picklist('Reason', ['Installation', 'Performance', 'Breakdown', 'Feedback', 'Other']),
    readOnly(checkbox('IsClosed')),
    auditOnly(field('ClosedDate', 'datetime')),
    checkbox('IsEscalated'),
    lookup('OwnerId', ['Group', 'User']),
  ]),
  standard('Opportunity', '006', { label: 'Opportunity', labelPlural: 'Opportunities', allowsActivities: true }, [
    lookup('AccountId', 'Account', { cascadeDelete: true, childRelationshipName: 'Opportunities' }),
    text('Name', 120, { required: true }),
    picklist('StageName', STAGES, { required: true, label: 'Stage' }),
    field('CloseDate', 'date', { required: true }),
    amount('Amount'),
    picklist('Type', ['Existing Customer - Upgrade', 'Existing Customer - Replacement', 'New Customer']),
    text('NextStep', 255),
    longText('Description', 32_000),
    readOnly(checkbox('IsClosed')),
    readOnly(checkbox('IsWon')),
    lookup('OwnerId', 'User'),
  ]),
  standard('Asset', '02i', { label: 'Asset', allowsActivities: true, sharing: 'ControlledByParent' }, [
    lookup('AccountId', 'Account', { childRelationshipName: 'Assets' }),
    lookup('ContactId', 'Contact', { childRelationshipName: 'Assets' }),
    text('Name', 255, { required: true }),
    field('InstallDate', 'date'),
    picklist('Status', ['Shipped', 'Installed', 'Registered', 'Obsolete', 'Purchased']),
    lookup('OwnerId', 'User'),
  ]),
];
