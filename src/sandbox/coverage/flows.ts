import { type Row, tested } from './row.ts';

/** The flows of the org's metadata, as far as they run here. */
export const FLOWS: Record<string, Row[]> = {
  Flows: [
    tested(
      'Scheduled: once, daily, weekly, with an object or without',
      'flows/scheduled.test.ts',
      'a journey of 120 days runs a daily flow 120 times, each at its own hour, and hands on its events day by day',
      'times that went by while the sandbox stood still are one run',
    ),
    tested(
      'On records, before and after the save',
      'flows/records.test.ts',
      'a flow sets fields of the record, and the record is saved once with them',
      'not on deletion, no scheduled or asynchronous paths',
    ),
    tested(
      'Entry conditions: filters, formulas, changes',
      'flows/records.test.ts',
      'a formula asks what is new, what changed and what was before',
    ),
    tested(
      'On platform events',
      'flows/elements.test.ts',
      'an event sets off the flows that wait for it, whoever published it',
      'at once and one event at a time',
    ),
    tested(
      'Subflows',
      'flows/elements.test.ts',
      'takes inputs and hands back outputs, by its own name or into variables',
    ),
    tested(
      'Get, Create, Update and Delete Records',
      'flows/elements.test.ts',
      'update records that were read whole and changed in a collection',
      'no upsert by Create Records',
    ),
    tested(
      'Decision, Assignment, Loop',
      'flows/elements.test.ts',
      'within a loop begins anew for every item of the outer one',
      'the operators in ordinary use; texts are compared without regard to case',
    ),
    tested(
      'Variables, constants, formulas, text templates',
      'flows/elements.test.ts',
      'text templates, constants and formulas of formulas are read',
      'formulas as far as formulon knows the functions; days begin at midnight UTC; dates in texts are written 2026-11-22',
    ),
    tested(
      'Send Custom Notification',
      'flows/notifications.test.ts',
      'a flow notifies people by the type it finds: title, body, and the record to open',
      'to users only, not to queues or groups; sent once the transaction is committed; some wordings of its faults are guessed',
    ),
    tested(
      'Fault paths',
      'flows/elements.test.ts',
      'a fault path goes on with what failed, and what was written before stays',
    ),
    tested(
      'A fault nobody takes up undoes the save',
      'flows/records.test.ts',
      'undoes the save and everything the flow wrote, and tells the author',
    ),
    tested(
      'Flows that set each other off',
      'flows/records.test.ts',
      'a flow that goes on making records for itself is stopped, and nothing is left',
      'a flow is not set off again by its own change of the record it runs for; 16 deep',
    ),
    tested(
      'Limits of a transaction',
      'flows/elements.test.ts',
      'a hundred queries are the limit of one run, and what it wrote is undone',
      'queries, rows and statements, counted for each interview: interviews are not run in batches',
    ),
    tested(
      'System context',
      'flows/records.test.ts',
      'it acts in the name of the user, with rights the user does not have',
      'not with sharing',
    ),
    tested(
      'Active, Draft and Obsolete',
      'flows/scheduled.test.ts',
      'an inactive flow does not run, and activated it does not catch up',
      'one version of each flow: a deploy replaces it',
    ),
    {
      what: 'Screens, other actions, waits, custom errors, transforms, collection sort and filter, Apex',
      support: 'no',
      note: 'a flow with anything unknown is refused: by the deploy with file and line, or the sandbox does not start',
      probe: {
        test: '%s that is not known is refused when the flow is loaded',
        in: 'test/sandbox/flows/refused.test.ts',
      },
    },
  ],
};
