import { folded } from '../earning/conditions/condition';
import { earnSummary } from './earnSummary';
import type { ProgramSummary } from './summary';
import { tiersSummary } from './tierSummary';
import { minorPerUnit } from '../values/money';
import type { ProgramDocument } from '../program/document';
import type { StorefrontForm } from '../rewards/kind';
import type { SoldVariant } from '../rewards/quote';
import { idsOf, type RewardLines } from '../rewards/lines';
import { hasCode, hasLines, kindOf, rewardsOffered, variantsOf, type Reward } from '../rewards/section';
import { textOn } from '../values/contrast';

/**
 * What the storefront needs of a program, for a store that sells in one currency. Rewards in other currencies are left
 * out. `sold`: how the shop sells the products that rewards offer, by variant; one that it does not sell is left out.
 */
export const programSummary = (
  document: ProgramDocument,
  version: number,
  currency: string,
  sold: ReadonlyMap<string, SoldVariant> = new Map(),
): ProgramSummary => ({
  v: 1,
  version,
  currency,
  minor_per_unit: minorPerUnit(currency),
  names: document.names,
  look: lookSummary(document.look),
  has_terms: document.terms !== null,
  earn: earnSummary(document, currency),
  expiry: document.policies.expiry,
  tiers: document.tiers === null ? null : tiersSummary(document.tiers, currency),
  redeeming: { paused: document.redeeming.paused, last_day: document.redeeming.lastDay },
  rewards: withLines(rewardsOffered(document.rewards, currency)).map(([reward, said]) => ({
    ...rewardSummary(reward, sold),
    ...tagsSummary(reward, document.segments),
    ...said,
  })),
});

const lookSummary = ({ accent, icon }: ProgramDocument['look']): ProgramSummary['look'] => ({
  accent,
  on_accent: accent === null ? null : textOn(accent),
  icon,
});

/** Of all rewards together: more ids are not sent along with every page. */
const mostLineIds = 2_000;

type Lines = Pick<ProgramSummary['rewards'][number], 'lines'>;

/** Rewards with what is said of their lines: of the first ones, as long as there is room. */
const withLines = (rewards: readonly Reward[]): readonly (readonly [Reward, Lines])[] => {
  let room = mostLineIds;
  return rewards.map((reward) => {
    const lines = hasLines(reward) ? reward.lines : null;
    if (lines === null) return [reward, {}];
    if (idsOf(lines).length > room) return [reward, { lines: null }];
    room -= idsOf(lines).length;
    return [reward, { lines: linesSummary(lines) }];
  });
};

const linesSummary = (lines: RewardLines): NonNullable<Lines['lines']> => ({
  product_ids: lines.kind === 'product' ? lines.productIds : [],
  collection_ids: lines.kind === 'collection' ? lines.collectionIds : [],
});

// What needs no cart goes with whatever is in it.
const anyCart = { minimumSubtotalMinor: null, combinesWith: { orderDiscounts: true, productDiscounts: true } };

const rewardSummary = (reward: Reward, sold: ReadonlyMap<string, SoldVariant>): ProgramSummary['rewards'][number] => {
  const { minimumSubtotalMinor, combinesWith } = hasCode(reward) ? reward : anyCart;
  const withShipping = 'shippingDiscounts' in combinesWith ? combinesWith.shippingDiscounts : !hasCode(reward);
  const form = kindOf(reward).storefront(reward);
  return {
    id: reward.id,
    name: reward.name,
    description: reward.description,
    minimum_subtotal_minor: minimumSubtotalMinor,
    combines_with_order_discounts: combinesWith.orderDiscounts,
    combines_with_product_discounts: combinesWith.productDiscounts,
    combines_with_shipping_discounts: withShipping,
    ...form,
    min_amount_minor: leastOf(form),
    tier_ids: reward.tierIds,
    from: reward.window?.from ?? null,
    to: reward.window?.to ?? null,
    ...(variantsOf(reward).length === 0 ? {} : { items: itemsOf(reward, sold) }),
  };
};

const tagsSummary = (
  { segmentIds }: Reward,
  segments: ProgramDocument['segments'],
): Pick<ProgramSummary['rewards'][number], 'customer_tags'> =>
  segmentIds.length === 0
    ? {}
    : {
        customer_tags: [
          ...folded(segments.filter(({ id }) => segmentIds.includes(id)).flatMap(({ customerTags }) => customerTags)),
        ],
      };

const leastOf = ({ min_points: least, step_points: step, step_amount_minor: amount }: StorefrontForm): number | null =>
  amount === null ? null : Math.floor(least / step) * amount;

const itemsOf = (reward: Reward, sold: ReadonlyMap<string, SoldVariant>) =>
  variantsOf(reward).flatMap((id) => {
    const variant = sold.get(id);
    return variant === undefined ? [] : [{ variant_id: id, handle: variant.handle }];
  });
