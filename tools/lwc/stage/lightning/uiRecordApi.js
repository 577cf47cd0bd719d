import { adapter } from './adapter.js';

export const getRecord = adapter(({ recordId }) =>
  recordId && globalThis.org.record ? { data: globalThis.org.record } : undefined,
);
export const getFieldValue = (record, { fieldApiName }) => record?.fields[fieldApiName]?.value ?? null;
export const getFieldDisplayValue = (record, { fieldApiName }) => record?.fields[fieldApiName]?.displayValue;
export const notifyRecordUpdateAvailable = async () => {};

export async function updateRecord(input) {
  globalThis.org.updates = [...(globalThis.org.updates ?? []), input];
}
