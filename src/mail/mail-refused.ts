/** The mail provider refused a mail for good; sending it again as it is would be refused again. */
export class MailRefused extends Error {
  override name = 'MailRefused';
}
