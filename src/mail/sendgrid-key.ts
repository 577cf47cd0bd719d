const SENDGRID = 'https://api.sendgrid.com';
const TIMEOUT_MS = 15_000;
/** Scopes, by the names SendGrid's own page gives them. */
const NEEDED = new Map([
  ['mail.send', 'Mail Send'],
  ['whitelabel.read', 'Sender Authentication (read)'],
]);

/** Why a SendGrid key cannot send mails, in a sentence with the way out; null when it can. Sends nothing. */
export async function keyProblem({ apiKey, baseUrl = SENDGRID }: { apiKey: string; baseUrl?: string }) {
  const headers = { authorization: `Bearer ${apiKey}` };
  let response: Response;
  try {
    response = await fetch(`${baseUrl}/v3/scopes`, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    return `SendGrid cannot be reached at ${baseUrl} (${String(error)}). Check SENDGRID_BASE_URL and what the network lets out.`;
  }
  if (response.status === 401 || response.status === 403)
    return 'SendGrid refuses the key. Make a new one with the permissions Mail Send and Sender Authentication (read), and set SENDGRID_API_KEY.';
  if (!response.ok)
    return `SendGrid answered ${response.status}. Try again later; https://status.sendgrid.com says more.`;
  const { scopes = [] } = (await response.json()) as { scopes?: string[] };
  const missing = [...NEEDED].filter(([scope]) => !scopes.includes(scope)).map(([, permission]) => permission);
  return missing.length === 0
    ? null
    : `The SendGrid key lacks the permission ${missing.join(' and ')}. Give it that, or set SENDGRID_API_KEY to a key that has it.`;
}
