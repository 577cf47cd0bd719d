/** What came out of one look: a problem stops something, a note is worth knowing. */
export interface Checkup {
  what: string;
  state: 'ok' | 'note' | 'problem';
  /** What is, and the way out where something is wrong. */
  sentence: string;
}
