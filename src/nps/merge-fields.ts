/** What an admin's sentence may mention. */
export interface MergeFacts {
  company: string;
  account: { name: string };
  contact: { name: string; firstName: string };
  csm: { name: string };
}

/** What is known where no names are: a link carries no personal data, and a page waits for no look-up. */
export type CompanyFacts = Pick<MergeFacts, 'company'>;

const FIELDS = new Map<string, (facts: Partial<MergeFacts>) => string | undefined>([
  ['company', ({ company }) => company],
  ['account.name', ({ account }) => account?.name],
  ['contact.name', ({ contact }) => contact?.name],
  ['contact.firstName', ({ contact }) => contact?.firstName],
  ['csm.name', ({ csm }) => csm?.name],
]);

/** The merge fields of a mail, and those of a page. */
export const MAIL_FIELDS: readonly string[] = [...FIELDS.keys()];
export const PAGE_FIELDS: readonly string[] = ['company'];

const FIELD = /\{\{\s*([\w.]+)\s*\}\}/g;

/** Fills `{{account.name}}` and its like into a sentence. An unknown field becomes nothing: never show one to a customer. */
export function merge(sentence: string, facts: MergeFacts | CompanyFacts): string {
  return sentence.replace(FIELD, (_, name: string) => FIELDS.get(name)?.(facts) ?? '');
}

/** What in a sentence would not be filled in: fields that are not `known`, and braces that make no field. */
export function strangeFields(sentence: string, known: readonly string[]): string[] {
  const strangers = [...sentence.matchAll(FIELD)].filter(([, name = '']) => !known.includes(name)).map(([all]) => all);
  const braces = /\{\{|\}\}/.exec(sentence.replace(FIELD, ''));
  return [...strangers, ...(braces ?? [])];
}
