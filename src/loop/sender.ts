import { type Sender, senderFor } from '../nps/sender.ts';
import type { MailOrder, Org, SenderDomains } from './ports.ts';

export interface SenderParts {
  org: Org;
  senderDomains: SenderDomains;
  /** Address that sends where the CSM's own may not. */
  fallbackFrom: string | null;
}

/** Who a mail comes from and who gets its replies. @throws while nobody can say which domains may send */
export async function senderOf(
  { from: { name, email } }: Pick<MailOrder, 'from'>,
  { org, senderDomains, fallbackFrom }: SenderParts,
): Promise<Sender> {
  const [authenticated, { name: company }] = await Promise.all([senderDomains(), org.organization()]);
  return senderFor({ csm: { name, email }, company, authenticated, fallback: fallbackFrom });
}
