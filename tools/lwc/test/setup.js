// What jsdom lacks.
globalThis.ResizeObserver = class {
  observe() {}

  disconnect() {}
};
