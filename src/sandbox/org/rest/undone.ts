/** Thrown to take the enclosing transaction back after a part of it failed; never leaves the request. */
export class Undone extends Error {
  override readonly name = 'Undone';
}
