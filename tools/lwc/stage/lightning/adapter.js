/** A wire adapter that gives what `answer` makes of its configuration. */
export function adapter(answer) {
  return class {
    constructor(give) {
      this.give = give;
    }

    connect() {}

    disconnect() {}

    update(config) {
      const value = answer(config);
      if (value) this.give(value);
    }
  };
}
