import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';

const day = new Intl.DateTimeFormat(LOCALE, { timeZone: TIME_ZONE, dateStyle: 'medium' });
const time = new Intl.DateTimeFormat(LOCALE, { timeZone: TIME_ZONE, dateStyle: 'medium', timeStyle: 'short' });
const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const signed = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0, signDisplay: 'negative' });
const decimal = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 2 });

/** `{0} of {1}` with its places filled. */
export function filled(label, ...values) {
  return values.reduce((text, value, index) => text.replaceAll(`{${index}}`, String(value)), label);
}

/** `Pre_Renewal` as people read it: `Pre Renewal`. */
export function readable(developerName) {
  return (developerName ?? '').replaceAll('_', ' ');
}

export const inDays = (at) => day.format(new Date(at));
export const inMinutes = (at) => time.format(new Date(at));
export const inNumber = (value) => whole.format(value);
export const inPoints = (value) => signed.format(value);
export const inDecimals = (value) => decimal.format(value);
