import { checkbox, field, lookup, open, picklist, text } from '../field.ts';
import { standard } from './standard.ts';

/** What people want done with their data, as an org has it once Data Protection and Privacy is switched on. */
export const PRIVACY = [
  standard('Individual', '0PK', { label: 'Individual' }, [
    text('FirstName', 40),
    text('LastName', 80, { required: true }),
    open(checkbox('HasOptedOutSolicit', { label: "Don't Market" })),
    open(checkbox('HasOptedOutProcessing', { label: "Don't Process" })),
    open(checkbox('ShouldForget', { label: 'Forget this Individual' })),
    lookup('OwnerId', 'User'),
  ]),
  standard('ContactPointTypeConsent', '0ZX', { label: 'Contact Point Type Consent' }, [
    text('Name', 255, { required: true }),
    open(lookup('PartyId', 'Individual')),
    open(picklist('ContactPointType', ['Email', 'MailingAddress', 'Phone', 'Social', 'Web'])),
    open(picklist('PrivacyConsentStatus', ['NotSeen', 'Seen', 'OptIn', 'OptOut'])),
    open(field('EffectiveFrom', 'datetime')),
    open(field('EffectiveTo', 'datetime')),
    lookup('OwnerId', 'User'),
  ]),
];
