import { adapter } from './adapter.js';

export const gql = (strings) => strings.join('');

/** Answers by the name of the operation; an operation that `org` does not know never answers. */
export const graphql = adapter((config) => {
  if ('variables' in config && !config.variables) return undefined;
  const [, operation] = /query (\w+)/.exec(config.query);
  const answer = globalThis.org[operation];
  return answer && { data: undefined, errors: undefined, refresh: async () => {}, ...answer };
});
