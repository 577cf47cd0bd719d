/** `now` is the programme's time, which the sandbox can move; `wall` is the machine's, for leases and token ages. */
export interface Clock {
  now(): Date;
  wall(): Date;
}

export interface Log {
  debug(facts: object, sentence: string): void;
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
}
