import type { MemberSummary, OfferedReward, ProgramSummary, RewardItem } from './answers';
import type { SeenCart, SeenLine } from './cart';

type ProgramReward = ProgramSummary['rewards'][number];

/** Which points may be chosen. All equal: the price is fixed. */
export type Choice = { readonly min: number; readonly max: number; readonly step: number };

/** What the cart says against a reward. */
export type CartRefusal =
  | 'cart_needed'
  | 'other_currency'
  | 'cart_empty'
  | 'nothing_left'
  | 'not_together'
  | 'minimum'
  | 'too_much'
  /** Of a reward that is for some products only: none of them is there, or too little of them, or less than it is. */
  | 'none_of_these'
  | 'minimum_of_these'
  | 'too_much_for_these';

/** A reward as one person may take it with one cart. */
export type Offer = {
  readonly reward: ProgramReward;
  /** Its name in the language of the page. */
  readonly name: string;
  readonly choice: Choice;
  /** Products to choose from, those left aside that a code in the cart has paid for; none: it is no product. */
  readonly items: readonly RewardItem[];
  /** Why not now: in the app's words, or what the cart says. null: it can be taken. */
  readonly refusal: { readonly text: string } | { readonly cart: CartRefusal } | null;
};

/** What somebody chose of an offer. */
export type Taken = {
  readonly offer: Offer;
  readonly points: number;
  readonly answer: string | null;
  /** Of a product: which variant; null: it is none. */
  readonly variant: string | null;
};

/** Whether a reward is for some products only. A code that takes money off them, unlike a product that is given. */
const isForSome = ({ apply, takes_off: off }: ProgramReward): boolean => apply === 'code' && off === 'product';

/** In which collections a product is the app knows, and which products are meant where they are too many to say. */
const mayBeFor = ({ lines }: ProgramReward, { product }: SeenLine): boolean => {
  if (product === null) return false;
  return !lines || lines.collection_ids.length > 0 || lines.product_ids.includes(product);
};

/** The lines of a cart that a reward for some products may be for. null: it is for the whole cart, or nobody says. */
const ownLines = (reward: ProgramReward, { lines }: SeenCart): readonly SeenLine[] | null =>
  isForSome(reward) && lines !== undefined ? lines.filter((line) => mayBeFor(reward, line)) : null;

const sumOf = (lines: readonly SeenLine[]): number => lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0);

/** The part of a cart that a reward takes something off. A line with a discount of its own has nothing left. */
const partFor = (reward: ProgramReward, cart: SeenCart): SeenCart => {
  const own = ownLines(reward, cart);
  if (own === null) return cart;
  const left = sumOf(own.filter(({ discounted }) => !discounted));
  return { ...cart, subtotalMinor: sumOf(own), remainingMinor: Math.min(left, cart.remainingMinor) };
};

/** What the lines of a cart say against a reward for some products. */
const refusedByLines = (reward: ProgramReward, cart: SeenCart): CartRefusal | null => {
  const own = ownLines(reward, cart);
  if (own === null) return null;
  if (own.length === 0) return 'none_of_these';
  return own.every(({ discounted }) => discounted) ? 'not_together' : null;
};

/** What a cart says against a reward; null: nothing. */
const refusedBy = (reward: ProgramReward, cart: SeenCart, currency: string): CartRefusal | null => {
  if (cart.currency !== currency) return 'other_currency';
  const isEmpty = cart.subtotalMinor <= 0 && !cart.discounts.includes('product');
  // A product may be the first thing in a cart.
  if (isEmpty && reward.apply !== 'item') return 'cart_empty';
  const ofLines = refusedByLines(reward, cart);
  if (ofLines !== null) return ofLines;
  const isSome = isForSome(reward);
  const isOff = isSome || reward.takes_off === 'order';
  const part = partFor(reward, cart);
  if (isOff && part.remainingMinor <= 0) return 'nothing_left';
  const permits = {
    order: reward.combines_with_order_discounts,
    product: reward.combines_with_product_discounts,
  };
  if (cart.discounts.some((discount) => !permits[discount])) return 'not_together';
  if (part.subtotalMinor < (reward.minimum_subtotal_minor ?? 0)) return isSome ? 'minimum_of_these' : 'minimum';
  if (!isOff || !isTooMuch(reward, part)) return null;
  return isSome ? 'too_much_for_these' : 'too_much';
};

/** The fewest whole steps that cover what is left to pay, in points; null: the reward has no steps of money. */
const neededPoints = (
  { step_points: step, step_amount_minor: amount }: ProgramReward,
  cart: SeenCart,
): number | null => (amount === null ? null : Math.ceil(cart.remainingMinor / amount) * step);

/** A fixed sum may not exceed what is left to pay; of a chosen one the least may not be more steps than cover it. */
const isTooMuch = (reward: ProgramReward, cart: SeenCart): boolean =>
  reward.min_points === reward.max_points
    ? (reward.min_amount_minor ?? 0) > cart.remainingMinor
    : (neededPoints(reward, cart) ?? reward.min_points) < reward.min_points;

const down = (points: number, step: number): number => points - (points % step);

/** What may be chosen: never more than the member has, and never more steps than cover what is left to pay. */
const choiceOf = (reward: ProgramReward, available: number, cart: SeenCart | null): Choice => {
  const { min_points: min, max_points: max, step_points: step } = reward;
  if (min === max) return { min, max: min, step };
  const needed = (cart === null ? null : neededPoints(reward, partFor(reward, cart))) ?? max;
  return { min, max: Math.max(min, down(Math.min(max, available, needed), step)), step };
};

/** Whether a reward that is in the cart already goes with another of that class; the shop takes one free shipping. */
const goesWith = (held: ProgramReward, { takes_off: off }: ProgramReward): boolean => {
  if (off === 'shipping') return held.takes_off !== 'shipping' && held.combines_with_shipping_discounts;
  return off === 'product' ? held.combines_with_product_discounts : held.combines_with_order_discounts;
};

/**
 * The rewards that a member may take, in the merchant's order. `cart` null: there is none. `inCart`: the codes that are
 * in it; those of the member's say what goes with them.
 */
export const offersFor = (
  program: ProgramSummary,
  member: MemberSummary,
  rewards: readonly OfferedReward[],
  cart: SeenCart | null,
  inCart: readonly string[] = [],
): readonly Offer[] => {
  const present = new Set(inCart.map((code) => code.toUpperCase()));
  const used = member.codes.filter(({ code }) => present.has(code.toUpperCase()));
  const held = program.rewards.filter(({ id }) => used.some((one) => one.reward_id === id));
  const isPaidFor = ({ variant }: RewardItem): boolean => used.some((one) => one.variant_id === variant);
  const refused = (reward: ProgramReward): CartRefusal | null => {
    if (reward.apply === 'given') return null;
    if (cart === null) return reward.needs_cart === true ? 'cart_needed' : null;
    const ofCart = refusedBy(reward, cart, program.currency);
    return ofCart ?? (held.every((one) => goesWith(one, reward)) ? null : 'not_together');
  };
  return program.rewards.flatMap((reward): readonly Offer[] => {
    const offered = rewards.find(({ id }) => id === reward.id);
    if (offered === undefined) return [];
    const items = (offered.items ?? []).filter((item) => !isPaidFor(item));
    const isTaken = reward.apply === 'item' && items.length === 0;
    const ofCart = refused(reward) ?? (isTaken ? 'not_together' : null);
    const refusal =
      offered.refused !== null ? { text: offered.refused.reason } : ofCart === null ? null : { cart: ofCart };
    return [{ reward, name: offered.name, choice: choiceOf(reward, member.available, cart), items, refusal }];
  });
};

/** Money that so many points take off, in minor units; null: no sum of money. */
export const worthOf = (
  { step_points: step, step_amount_minor: amount }: ProgramReward,
  points: number,
): number | null => (amount === null ? null : Math.floor(points / step) * amount);

/** Whether a number that somebody typed can be chosen. */
export const isChoice = ({ min, max, step }: Choice, points: number): boolean =>
  Number.isInteger(points) && points >= min && points <= max && points % step === 0;

/** Whether rewards are given on a day (yyyy-mm-dd): they are neither paused nor over. */
export const isOpen = ({ redeeming }: Pick<ProgramSummary, 'redeeming'>, day: string): boolean =>
  !redeeming.paused && (redeeming.last_day ?? day) >= day;

/** The reward that the member comes to next on a day; null: there is none, or one can be had already. */
export const nextReward = (program: ProgramSummary, available: number, day: string) => {
  if (!isOpen(program, day)) return null;
  const open = program.rewards.filter(
    ({ tier_ids: tiers, customer_tags: tags, from, to }) =>
      tiers.length === 0 && tags === undefined && (from ?? day) <= day && day <= (to ?? day),
  );
  if (open.length === 0 || open.some(({ min_points: points }) => points <= available)) return null;
  const next = open.reduce((least, one) => (one.min_points < least.min_points ? one : least));
  const donePercent = Math.floor((Math.max(0, available) * 100) / next.min_points);
  return { name: next.name, missing: next.min_points - available, donePercent };
};
