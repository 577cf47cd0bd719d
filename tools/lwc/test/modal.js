import { LightningElement } from 'lwc';

export default class LightningModal extends LightningElement {
  close(result) {
    this.dispatchEvent(new CustomEvent('closed', { detail: result }));
  }
}
