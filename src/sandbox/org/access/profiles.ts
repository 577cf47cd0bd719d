import type { Grant } from './grant.ts';

export const ADMIN_PROFILE = 'System Administrator';
/** What Salesforce gives users of the Salesforce Integration licence: nothing that is not granted on purpose. */
export const API_PROFILE = 'Minimum Access - API Only Integrations';
/** What a new user gets. It knows nothing of anybody's custom objects and fields. */
export const STANDARD_PROFILE = 'Standard User';

const everything: Grant = { allows: () => true, opens: () => true, has: () => true };
const nothing: Grant = { allows: () => false, opens: () => false, has: () => false };
const standard: Grant = {
  allows: (action, { kind }) => kind === 'standard' && action !== 'viewAll' && action !== 'modifyAll',
  opens: (_, { custom }) => !custom,
  has: (userPermission) => ['ApiEnabled', 'EditTask', 'EditEvent'].includes(userPermission),
};

/** The profiles of the org by name. */
export const PROFILES: ReadonlyMap<string, Grant> = new Map([
  [ADMIN_PROFILE, everything],
  [STANDARD_PROFILE, standard],
  [API_PROFILE, nothing],
]);
