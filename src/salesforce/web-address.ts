import { z } from 'zod';

/** An address that customers are sent to: https, or none. */
export const webAddress = z
  .string()
  .nullish()
  .transform((value) => (value ?? '').trim() || null)
  .refine((value) => value === null || isHttps(value), 'must be an address that begins with https://');

function isHttps(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === 'https:';
}
