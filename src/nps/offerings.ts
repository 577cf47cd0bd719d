import { type Ask, type OfferVariant, offerVariantOf } from './advocacy.ts';
import type { Choice } from './choices.ts';
import type { Spoken } from './spoken.ts';

/** What the mails of sequences have to offer, as admins set it. */
export interface Offerings {
  /** All of them, also those that are offered no more. */
  choices: readonly Choice[];
  /** Where each ask leads that may be made: an address, or null where the CSM takes it from there. */
  destinations: ReadonlyMap<Ask, string | null>;
  /** What somebody gets who followed an ask; with an offer B, half get that. */
  offers: Readonly<Record<OfferVariant, Spoken | null>>;
  /** What other customers achieved; null when there is nothing to tell. */
  story: { text: Spoken; url: string | null } | null;
}

export const NOTHING_TO_OFFER: Offerings = {
  choices: [],
  destinations: new Map(),
  offers: { A: null, B: null },
  story: null,
};

/** What a response is offered for following an ask; null when nothing is. Of two offers its key decides. */
export function offerFor(
  responseKey: string,
  { A, B }: Offerings['offers'],
): { variant: OfferVariant; words: Spoken } | null {
  const variant = A && B ? offerVariantOf(responseKey) : A ? 'A' : 'B';
  const words = variant === 'A' ? A : B;
  return words && { variant, words };
}
