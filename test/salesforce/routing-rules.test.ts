import { describe, expect, it } from 'vitest';
import { routingRuleOf } from '../../src/salesforce/routing-rules.ts';

const SOUND = { DeveloperName: 'Save', Active__c: true, Label__c: 'call' };

describe('a routing rule record', () => {
  it('is read with what holds where nothing is set', () => {
    expect(routingRuleOf(SOUND)).toEqual({
      ...{ name: 'Save', active: true, order: 999, kind: 'Save', label: 'call', problem: null },
      ...{ segment: null, lowestScore: null, highestScore: null, minimumDrop: null, trend: null, trigger: null },
      ...{ minimumRevenue: null, renewalWithinDays: null, accountCondition: null, phrases: [], sentiment: null },
      ...{ ownerRole: 'CSM', ownerName: null, priority: 'Normal', dueHours: 24 },
      ...{ notifyRole: null, notifyName: null },
    });
  });

  it('has a phrase on each line', () => {
    expect(routingRuleOf({ ...SOUND, Phrases__c: 'switch*\r\n\n  leave you \n' }).phrases).toEqual([
      'switch*',
      'leave you',
    ]);
  });

  it.each([
    [{ Label__c: null }, 'Label__c is empty'],
    [{ Order__c: 0 }, 'Order__c is 0, but must be a whole number from 1 to 999'],
    [{ Lowest_Score__c: 11 }, 'Lowest_Score__c is 11'],
    [{ Highest_Score__c: -1 }, 'Highest_Score__c is -1'],
    [{ Lowest_Score__c: 7, Highest_Score__c: 3 }, 'Lowest_Score__c is 7, which is more than Highest_Score__c, 3'],
    [{ Minimum_Drop__c: 0 }, 'Minimum_Drop__c is 0'],
    [{ Minimum_Revenue__c: -1 }, 'Minimum_Revenue__c is -1'],
    [{ Renewal_Within_Days__c: -1 }, 'Renewal_Within_Days__c is -1'],
    [{ Due_Hours__c: 0 }, 'Due_Hours__c is 0'],
    [{ Owner__c: 'User' }, 'Owner_Name__c is empty, but Owner__c is User'],
    [{ Owner__c: 'Queue' }, 'Owner_Name__c is empty, but Owner__c is Queue'],
    [{ Notify__c: 'User' }, 'Notify_Username__c is empty, but Notify__c is User; name a username'],
    [{ Notify__c: 'Queue' }, 'Notify__c must be CSM, CSM Manager, Account Owner, User'],
    [{ Owner__c: 'Nobody' }, 'Owner__c must be CSM, CSM Manager'],
    [{ Segment__c: 'Happy', Label__c: null }, 'Segment__c must be Promoter, Passive, Detractor; Label__c is empty'],
    [{ Minimum_Drop__c: 'two' }, 'Minimum_Drop__c must be a number'],
  ])('that says %o cannot be used, and says why', (fields, reason) => {
    const { problem } = routingRuleOf({ ...SOUND, ...fields });
    expect(problem).toMatch(/^The NPS Routing Rule record Save cannot be used: .*\.$/);
    expect(problem).toContain(reason);
  });

  it('may be unfinished while it is switched off', () => {
    expect(routingRuleOf({ DeveloperName: 'Draft', Active__c: false, Owner__c: 'Queue' }).problem).toBeNull();
  });
});
