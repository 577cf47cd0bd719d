import { markPath } from 'c/npsGeometry';
import { api, LightningElement } from 'lwc';

/** A segment as shape, colour and word, after the score if there is one. The word is the org's `label` for it. */
export default class NpsSegment extends LightningElement {
  @api segment;
  @api label;
  @api score;

  get hasScore() {
    return this.score !== undefined && this.score !== null;
  }

  get word() {
    return this.label ?? this.segment;
  }

  get mark() {
    return markPath(this.segment, 7, 7, 5);
  }

  get markClass() {
    return `mark ${this.segment?.toLowerCase()}`;
  }
}
