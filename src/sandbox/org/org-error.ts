/** A refusal in Salesforce's own words; the REST routes answer it as `[{ message, errorCode, fields }]`. */
export class OrgError extends Error {
  override readonly name = 'OrgError';
  readonly errorCode: string;
  /** Present (maybe empty) for refused writes, absent for everything else, as in Salesforce. */
  readonly fields: string[] | undefined;
  /** The HTTP status Salesforce gives with this error. */
  readonly status: number;

  constructor(errorCode: string, message: string, details: { fields?: string[]; status?: number } = {}) {
    super(message);
    this.errorCode = errorCode;
    this.fields = details.fields;
    this.status = details.status ?? 400;
  }

  /** The error as one element of a REST answer. */
  toJSON(): { message: string; errorCode: string; fields?: string[] } {
    const { message, errorCode, fields } = this;
    return fields ? { message, errorCode, fields } : { message, errorCode };
  }
}

/** What this sandbox leaves out of Salesforce, said loudly. */
export function unsupported(what: string): OrgError {
  return new OrgError('NOT_IMPLEMENTED', `The sandbox does not support ${what}.`, { status: 501 });
}
