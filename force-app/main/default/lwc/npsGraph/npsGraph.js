/**
 * The rows of a GraphQL connection: `{ Score__c: { value: 9 } }` becomes `{ Score__c: 9 }`, parents are rows, too. In
 * `labels` stands what the org calls the values of picklists, in the language of the user.
 */
export function rowsOf(connection) {
  return (connection?.edges ?? []).map(({ node }) => ({ ...plain(node), labels: labelsOf(node) }));
}

/** What GraphQL or Lightning Data Service say went wrong, in one sentence. */
export function reasonOf(errors) {
  const list = Array.isArray(errors) ? errors : [errors];
  return list
    .flatMap((error) => [error?.body?.output?.errors?.[0]?.message ?? error?.body?.message ?? error?.message ?? []])
    .flat()
    .join(' ');
}

function labelsOf(node) {
  const shown = Object.entries(node).filter(([, field]) => field?.displayValue !== undefined);
  return Object.fromEntries(shown.map(([name, { value, displayValue }]) => [name, displayValue ?? value]));
}

function plain(node) {
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value) {
  if (value === null || typeof value !== 'object') return value;
  return 'value' in value ? value.value : plain(value);
}
