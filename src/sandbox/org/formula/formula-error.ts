/** A formula of the org's metadata that cannot be worked out here. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';

  constructor(formula: string, reason: string) {
    super(`The sandbox cannot work out the formula ${formula}: ${reason}`);
  }
}
