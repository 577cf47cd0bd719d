import type { Board } from '../../nps/board/board.ts';

/** A file on a row of NPS Health. */
export interface StoredFile {
  /** Key of the row it hangs on. */
  healthKey: string;
  /** What it is called, and by which it is found again. */
  title: string;
  /** With its extension. */
  name: string;
  content: Uint8Array;
  /** Why there is a new version, when there is one. */
  reason: string;
}

/** Sums up a quarter, `2027-Q1`; without one the last that is over. @throws when it is no quarter or has not begun */
export type BoardReader = (quarter: string | undefined) => Promise<Board>;

/** Stores the printed summary in the org; the same quarter again is a new version. Answers the file's id. */
export type BoardKeeper = (board: Board, pdf: Uint8Array) => Promise<string>;
