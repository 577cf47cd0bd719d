const Navigate = Symbol('Navigate');

export const NavigationMixin = (Base) =>
  class extends Base {
    [Navigate](reference) {
      globalThis.org.navigated = reference;
    }
  };
NavigationMixin.Navigate = Navigate;
