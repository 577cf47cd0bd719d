import type { SandboxOrg } from '../open-org.ts';
import type { Tokens } from '../tokens.ts';

export type EventAction = 'subscribe' | 'publish';

/** Whether the user of a token may subscribe to an event (Read on it), or publish it (Create). */
export function mayUseEvent(
  { org, tokens }: { org: SandboxOrg; tokens: Tokens },
  token: string,
  action: EventAction,
  event: string,
): boolean {
  const userId = tokens.userId(token);
  const sobject = org.schema.find(event);
  return (
    userId !== undefined &&
    sobject !== undefined &&
    org.as(userId).may(action === 'subscribe' ? 'read' : 'create', sobject)
  );
}
