/** The mail provider did not take a mail this time; the mail itself is not at fault and is to be sent again. */
export class MailNotAccepted extends Error {
  override name = 'MailNotAccepted';
  /** Seconds to wait before the next try, when the provider said so. */
  readonly retryAfter: number | undefined;

  constructor(sentence: string, retryAfter?: number) {
    super(sentence);
    this.retryAfter = retryAfter;
  }
}
