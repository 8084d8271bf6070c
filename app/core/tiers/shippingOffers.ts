import type { LocalizedText } from '../values/text';
import type { TierDocument } from './section';
import { tierTag } from './tags';

/** Shipping at no cost for everybody who wears a mark, for as long as they do; no code is needed. */
export type ShippingOffer = {
  readonly mark: string;
  /** What it is called where it is shown: as the tier. */
  readonly name: LocalizedText;
  readonly currency: string;
  /** What the goods must cost at least, in minor units; null: nothing. */
  readonly minimumSubtotalMinor: number | null;
  /** The dearest rate that becomes free, in minor units; null: any. */
  readonly maxRateMinor: number | null;
};

/**
 * What tiers give of shipping in a store. An offer whose amounts are in another currency than the store's is none
 * there: nobody said what they would be.
 */
export const shippingOffers = (
  { tiers }: Pick<TierDocument, 'tiers'>,
  storeCurrency: string,
): readonly ShippingOffer[] =>
  (tiers?.levels ?? []).flatMap(({ id, name, perks }) =>
    perks.flatMap((perk) => {
      if (perk.kind !== 'free_shipping') return [];
      const { minimumSubtotalMinor, maxRateMinor, currency } = perk;
      const isOfMoney = minimumSubtotalMinor !== null || maxRateMinor !== null;
      if (isOfMoney && currency !== storeCurrency) return [];
      return [{ mark: tierTag(id), name, currency: storeCurrency, minimumSubtotalMinor, maxRateMinor }];
    }),
  );
