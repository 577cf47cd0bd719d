/** Salesforce shows it; here the page lists it. */
export class ShowToastEvent extends CustomEvent {
  constructor(detail) {
    super('lightning__showtoast', { detail, bubbles: true, composed: true });
  }
}
