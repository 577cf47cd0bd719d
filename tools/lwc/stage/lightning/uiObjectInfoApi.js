import { adapter } from './adapter.js';

export const getObjectInfo = adapter(() => ({
  data: { fields: { Request__c: { updateable: globalThis.org.mayAct !== false } } },
}));

export const getPicklistValues = adapter(() => ({ data: globalThis.org.segments }));
