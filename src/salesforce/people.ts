import type { UserFacts } from '../nps/eligibility.ts';
import type { Row } from './calls.ts';
import { isRow, text, textOrNull } from './rows.ts';

/** The fields read of every user we may write from or give a Task to, and of their manager, below a relationship such as `Owner` if one is given. */
export function userFields(relationship?: string): string[] {
  const own = ['Id', 'Name', 'Email', 'IsActive', 'TimeZoneSidKey', 'Phone'];
  const fields = [...own, ...own.map((field) => `Manager.${field}`)];
  return relationship === undefined ? fields : fields.map((field) => `${relationship}.${field}`);
}

/** The user below a relationship, or nothing when it is empty. */
export function userAt(row: Row, relationship: string): UserFacts[] {
  const user = row[relationship];
  return isRow(user) ? userFrom(user) : [];
}

/** The user of a row of User, or nothing when it is empty. */
export function userFrom(user: Row): UserFacts[] {
  if (typeof user.Id !== 'string') return [];
  const [manager] = userAt(user, 'Manager');
  return [
    {
      id: user.Id,
      name: text(user.Name),
      email: textOrNull(user.Email),
      active: user.IsActive === true,
      timeZone: text(user.TimeZoneSidKey),
      phone: textOrNull(user.Phone),
      ...(manager && { manager }),
    },
  ];
}
