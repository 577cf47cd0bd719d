/** What an admin's sentence may mention. */
export interface MergeFacts {
  company: string;
  account: { name: string };
  contact: { name: string; firstName: string };
  csm: { name: string };
}

const FIELDS = new Map<string, (facts: MergeFacts) => string>([
  ['company', ({ company }) => company],
  ['account.name', ({ account }) => account.name],
  ['contact.name', ({ contact }) => contact.name],
  ['contact.firstName', ({ contact }) => contact.firstName],
  ['csm.name', ({ csm }) => csm.name],
]);

/** Fills `{{account.name}}` and its like into a sentence. An unknown field becomes nothing: never show one to a customer. */
export function merge(sentence: string, facts: MergeFacts): string {
  return sentence.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => FIELDS.get(name)?.(facts) ?? '');
}
