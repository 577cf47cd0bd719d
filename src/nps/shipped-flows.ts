import type { MomentSource } from './due-moments.ts';

/** What a shipped flow reads. The names in a flow are fixed: it cannot follow a record that names something else. */
export interface ShippedFlow
  extends Pick<MomentSource, 'object' | 'dateField' | 'condition' | 'accountField' | 'contactField'> {
  /** API name of the flow that publishes. */
  name: string;
  /** Publishes on the day itself and never later. */
  onTheDay?: true;
}

const CONTRACT = {
  object: 'Contract',
  condition: "StatusCode = 'Activated'",
  accountField: 'AccountId',
  contactField: null,
};

/** The flows that publish moments, by the trigger they serve. */
export const SHIPPED_FLOWS: ReadonlyMap<string, ShippedFlow> = new Map<string, ShippedFlow>([
  ['First_Value', { name: 'NPS_First_Value', dateField: 'StartDate', ...CONTRACT }],
  ['Pre_Renewal', { name: 'NPS_Pre_Renewal', dateField: 'EndDate', ...CONTRACT }],
  [
    'Post_Resolution',
    {
      name: 'NPS_Post_Resolution',
      object: 'Case',
      dateField: 'ClosedDate',
      condition: 'IsClosed = true',
      accountField: 'AccountId',
      contactField: 'ContactId',
    },
  ],
  [
    'Usage_Milestone',
    {
      name: 'NPS_Usage_Milestone',
      object: 'Account',
      dateField: 'NPS_Usage_Milestone_Reached_On__c',
      condition: null,
      accountField: 'Id',
      contactField: null,
      onTheDay: true,
    },
  ],
]);

/**
 * Why the flow shipped for a trigger publishes nothing, in a sentence; undefined when it serves the trigger or none is
 * shipped for it. An event is trusted as sent, so a flow that reads something else than the record names must not send
 * any. `source` is null for a record without a source object.
 */
export function standsDown(trigger: string, source: MomentSource | null): string | undefined {
  const flow = SHIPPED_FLOWS.get(trigger);
  if (!flow) return undefined;
  if (!source) {
    return `The flow ${flow.name} stands down, because the NPS Trigger record ${trigger} names no source object: its moments come only with events that a flow of your own publishes.`;
  }
  const differences = [
    different('Source_Object__c', source.object, flow.object),
    different('Date_Field__c', source.dateField, flow.dateField),
    different('Condition__c', source.condition, flow.condition),
    different('Account_Field__c', source.accountField, flow.accountField),
    different('Contact_Field__c', source.contactField, flow.contactField),
    flow.onTheDay && source.offsetDays > 0
      ? `Offset_Days__c is ${source.offsetDays} where the flow publishes on the day itself`
      : undefined,
  ].filter((difference) => difference !== undefined);
  if (differences.length === 0) return undefined;
  return `The flow ${flow.name} stands down, because the NPS Trigger record ${trigger} differs from what the flow reads: ${differences.join('; ')}. The sweep serves the trigger instead, and nothing is lost.`;
}

function different(field: string, named: string | null, read: string | null): string | undefined {
  return named === read ? undefined : `${field} is ${named ?? 'empty'} where the flow has ${read ?? 'none'}`;
}
