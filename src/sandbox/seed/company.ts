/** The company whose org this is; every name is invented. */

export interface Colleague {
  key: string;
  firstName: string;
  lastName: string;
  title: string;
  timeZone: string;
  phone?: string;
  reportsTo?: string;
  /** Left the company; still owns what nobody took over. */
  hasLeft?: true;
}

export const COMPANY = { name: 'Fernbrook Analytics', domain: 'fernbrook.example' };

/** Managers stand before those who report to them. */
export const COLLEAGUES: Colleague[] = [
  {
    key: 'helena',
    firstName: 'Helena',
    lastName: 'Brandt',
    title: 'Chief Customer Officer',
    timeZone: 'Europe/Berlin',
  },
  {
    key: 'marcus',
    firstName: 'Marcus',
    lastName: 'Oyelaran',
    title: 'Director Customer Success',
    timeZone: 'Europe/London',
    reportsTo: 'helena',
  },
  {
    key: 'lena',
    firstName: 'Lena',
    lastName: 'Fischer',
    title: 'Customer Success Manager',
    phone: '+49 30 5550 142',
    timeZone: 'Europe/Berlin',
    reportsTo: 'marcus',
  },
  {
    key: 'daniel',
    firstName: 'Daniel',
    lastName: 'Reyes',
    title: 'Customer Success Manager',
    phone: '+1 212 555 0143',
    timeZone: 'America/New_York',
    reportsTo: 'marcus',
  },
  {
    key: 'priya',
    firstName: 'Priya',
    lastName: 'Nair',
    title: 'Customer Success Manager',
    phone: '+44 20 5550 0144',
    timeZone: 'Europe/London',
    reportsTo: 'marcus',
  },
  {
    key: 'tom',
    firstName: 'Tom',
    lastName: 'Aldridge',
    title: 'Customer Success Manager',
    timeZone: 'Europe/London',
    reportsTo: 'marcus',
    hasLeft: true,
  },
];

/** The ids of the company's people, by the key the seed calls them. */
export type Colleagues = ReadonlyMap<string, string>;
