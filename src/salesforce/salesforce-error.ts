/** What Salesforce said when it refused something. */
export class SalesforceError extends Error {
  override readonly name = 'SalesforceError';
  /** Salesforce's own error code, such as `UNABLE_TO_LOCK_ROW`. */
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(`${code}: ${message}`);
    this.code = code;
    this.status = status;
  }

  /** True when the same call may succeed later without anybody changing anything. */
  get transient(): boolean {
    return this.status >= 500 || this.status === 429 || TRANSIENT.has(this.code);
  }
}

/**
 * `DUPLICATE_VALUE` is among them because two upserts of a new key at once leave one of them with it; reading again
 * then finds the row. Refused tokens are, because the next call signs in anew.
 */
const TRANSIENT = new Set([
  'DUPLICATE_VALUE',
  'INVALID_SESSION_ID',
  'PROCESSING_HALTED',
  'QUERY_TIMEOUT',
  'REQUEST_LIMIT_EXCEEDED',
  'REQUEST_RUNNING_TOO_LONG',
  'SERVER_UNAVAILABLE',
  'UNABLE_TO_LOCK_ROW',
  'UNKNOWN_EXCEPTION',
  'ERROR_HTTP_503',
]);

/** The error in the body of a failed answer, which is an array of them. */
export function errorIn(body: unknown, status: number): SalesforceError {
  const [first] = Array.isArray(body) ? (body as { errorCode?: string; message?: string }[]) : [];
  return new SalesforceError(first?.errorCode ?? 'UNKNOWN_EXCEPTION', first?.message ?? 'No reason was given.', status);
}
