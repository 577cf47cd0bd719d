import LightningModal from 'lightning/modal';
import { api } from 'lwc';
import { labels } from './labels';

/** Asks for a note before something is requested; closes with the note, or with nothing when it was left. */
export default class NpsRequestNote extends LightningModal {
  @api explanation;
  @api noteLabel;
  @api isDestructive = false;
  labels = labels;
  note = '';

  get variant() {
    return this.isDestructive ? 'destructive' : 'brand';
  }

  keep(event) {
    this.note = event.detail.value.trim();
  }

  leave() {
    this.close();
  }

  confirm() {
    const field = this.template.querySelector('lightning-textarea');
    field.setCustomValidity(this.note === '' ? ' ' : '');
    if (field.reportValidity()) this.close(this.note);
  }
}
