import { OrgError } from './org-error.ts';

/** Several rows have the external id that was to name one; the answer lists their addresses instead of an error. */
export class MultipleChoices extends OrgError {
  readonly urls: readonly string[];

  constructor(urls: readonly string[]) {
    super('MULTIPLE_CHOICES', `${urls.length} rows have this external id: ${urls.join(', ')}.`, { status: 300 });
    this.urls = urls;
  }
}
