/** The spool holds answers and mails of one org; they must not end in another. */
export class SpoolOfAnotherOrg extends Error {
  override readonly name = 'SpoolOfAnotherOrg';

  constructor(bound: string, asked: string) {
    super(
      `This spool belongs to the Salesforce org ${bound} and holds its answers and mails, but the service is connected to ${asked}. Connect it to ${bound} again, or give it another DATA_DIR or DATABASE_URL.`,
    );
  }
}
