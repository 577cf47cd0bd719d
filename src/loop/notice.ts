import { timeIn } from '../nps/due.ts';
import type { NoticeFacts } from '../nps/steps/step-kind.ts';
import type { TaskOwner } from '../nps/task-owner.ts';
import type { Answered } from './answered.ts';
import type { Notice } from './ports.ts';

/** Characters the field has room for. */
const NOTICE_LIMIT = 255;

/** The notification about an answer; null where nobody is there to be notified. `until` is when somebody must have acted. */
export function noticeTo(
  { id, zone }: Pick<TaskOwner, 'id' | 'zone'>,
  { survey, account, csm, response }: Answered,
  until: Date | null,
  textOf: (about: NoticeFacts) => string,
): Notice | null {
  if (id === null) return null;
  const contact = survey?.contact?.name;
  const about = {
    score: response.score,
    who: contact ? `${contact} (${account.name})` : account.name,
    csm: csm?.name ?? 'Nobody',
    due: until && timeIn(zone, until),
  };
  // Salesforce keeps no space at the end, and what was told is known by its text.
  return { userId: id, text: textOf(about).slice(0, NOTICE_LIMIT).trimEnd() };
}
