import { absent, type Row, tested } from './row.ts';

/** What an org takes from the Metadata API, as the sf CLI uses it. */
export const DEPLOYS: Record<string, Row[]> = {
  'Deploying metadata': [
    tested(
      'Deploy and validate by REST',
      'deploy/resources.test.ts',
      'answers at once with an id, and with the outcome to whoever asks for that',
      'not by SOAP; test levels are heeded by doing nothing, for there is no Apex',
    ),
    tested(
      'Component failures with file and line',
      'deploy/deployments.test.ts',
      'when one component is refused, and says which and where',
      'the sandbox’s checks and words, which are not Salesforce’s own',
    ),
    tested('Rollback on error', 'deploy/deployments.test.ts', 'when a record has a value its field does not take'),
    tested('Quick deploy of a validation', 'deploy/deployments.test.ts', 'deploys what was validated'),
    tested(
      'Canceling',
      'deploy/deployments.test.ts',
      'when it is canceled before its turn, and cannot be canceled after',
    ),
    tested(
      'Objects, fields, events and permission sets in use at once',
      'deploy/deployments.test.ts',
      'adds a field, and rows that were there have a value in a new checkbox',
    ),
    tested(
      'Custom metadata records',
      'deploy/deployments.test.ts',
      'replaces a custom metadata record, which keeps its id',
    ),
    tested(
      'Production: active flows arrive inactive',
      'deploy/deployments.test.ts',
      'of an active flow arrives inactive in production, and active in a sandbox',
    ),
    {
      what: 'Destructive changes',
      support: 'no',
      note: 'such a deploy fails and says so',
      probe: { test: 'when it would delete something', in: 'test/sandbox/deploy/deployments.test.ts' },
    },
    absent('Tooling API', '/tooling/query'),
  ],
};
