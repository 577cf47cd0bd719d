import type { Customer } from './customer.ts';
import { ALDERMOOR_LOGISTICS } from './customers/aldermoor-logistics.ts';
import { BRIGHTWATER_HEALTH } from './customers/brightwater-health.ts';
import { CASTLEREACH_ENERGY } from './customers/castlereach-energy.ts';
import { DUNMORE_INSURANCE } from './customers/dunmore-insurance.ts';
import { HARROWGATE_UNIVERSITY } from './customers/harrowgate-university.ts';
import { IRONBRIDGE_CAPITAL } from './customers/ironbridge-capital.ts';
import { JUNIPER_AND_VALE_HOTELS } from './customers/juniper-and-vale-hotels.ts';
import { KESTREL_TELECOM } from './customers/kestrel-telecom.ts';
import { LARKSPUR_FOODS } from './customers/larkspur-foods.ts';
import { NEWCOMERS } from './customers/newcomers.ts';

/**
 * Twelve customers. Within 120 days first-value (start + 45), post-resolution (closed + 14) and pre-renewal (end - 75)
 * fall due, and whoever has such a day ahead was last asked 90 days before it or more.
 */
export const CUSTOMERS: Customer[] = [
  ALDERMOOR_LOGISTICS,
  BRIGHTWATER_HEALTH,
  CASTLEREACH_ENERGY,
  DUNMORE_INSURANCE,
  ...NEWCOMERS,
  HARROWGATE_UNIVERSITY,
  IRONBRIDGE_CAPITAL,
  JUNIPER_AND_VALE_HOTELS,
  KESTREL_TELECOM,
  LARKSPUR_FOODS,
];
