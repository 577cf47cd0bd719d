import { markPath } from 'c/npsGeometry';
import { api, LightningElement } from 'lwc';

/** A segment as shape, colour and word, after the score if there is one. */
export default class NpsSegment extends LightningElement {
  @api segment;
  @api score;

  get hasScore() {
    return this.score !== undefined && this.score !== null;
  }

  get mark() {
    return markPath(this.segment, 7, 7, 5);
  }

  get markClass() {
    return `mark ${this.segment?.toLowerCase()}`;
  }
}
