import type { RoutingRule } from '../../src/nps/routing.ts';

/** A rule that fits every answer and gives a Task to the CSM, unless a test says otherwise. */
export const rule = (name: string, facts: Partial<RoutingRule> = {}): RoutingRule => ({
  ...{ name, active: true, order: 10, kind: name, problem: null },
  ...{ segment: null, lowestScore: null, highestScore: null, minimumDrop: null, trend: null },
  ...{
    minimumRevenue: null,
    renewalWithinDays: null,
    accountCondition: null,
    phrases: [],
    sentiment: null,
    trigger: null,
  },
  ...{ ownerRole: 'CSM', ownerName: null, priority: 'Normal', dueHours: 24, label: 'call' },
  ...{ notifyRole: null, notifyName: null },
  ...facts,
});

/** What ships: every detractor is called. */
export const DETRACTOR_CALL = rule('Detractor_Call', { kind: 'Call', segment: 'Detractor', priority: 'High' });
