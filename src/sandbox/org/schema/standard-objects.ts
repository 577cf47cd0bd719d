import type { SObjectDefinition } from './sobject.ts';
import { BUSINESS } from './standard/business.ts';
import { FILES } from './standard/files.ts';
import { MARKETING } from './standard/marketing.ts';
import { PEOPLE } from './standard/people.ts';
import { PRIVACY } from './standard/privacy.ts';
import { SETUP } from './standard/setup.ts';
import { WORK } from './standard/work.ts';

/** The standard objects and fields in use. AccountTeamMember is left out: most orgs do not have Account Teams on. */
export const STANDARD_OBJECTS: SObjectDefinition[] = [
  ...PEOPLE,
  ...SETUP,
  ...BUSINESS,
  ...MARKETING,
  ...WORK,
  ...PRIVACY,
  ...FILES,
];
