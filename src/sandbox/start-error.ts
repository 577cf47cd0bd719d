/** The sandbox cannot start; its message is a sentence for whoever started it, without need of a stack trace. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
