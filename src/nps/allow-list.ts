/**
 * Who may be mailed from an org that is a sandbox: `*` is everybody, `@acme.example` a whole domain, anything else one
 * address; empty is nobody. A production org mails everybody.
 */
export function allowList(isSandbox: boolean, entries: readonly string[]): (email: string) => boolean {
  if (!isSandbox || entries.includes('*')) return () => true;
  const allowed = new Set(entries.map((entry) => entry.toLowerCase()));
  return (email) => {
    const address = email.toLowerCase();
    return allowed.has(address) || allowed.has(address.slice(address.lastIndexOf('@')));
  };
}
