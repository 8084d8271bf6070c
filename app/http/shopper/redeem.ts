import { z } from 'zod';
import { asId, isPlatformId, isUuid, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { isoOf } from '~/core/values/instant';
import { givenText, refusalText } from '~/i18n/storefrontWords';
import { services } from '~/process/services';
import { redeemReward } from '~/usecases/redeemReward';
import { shownCodes } from '~/views/shownCodes';
import { storefrontBalance } from '~/views/storefrontBalance';
import { problem } from '../problem';
import { badBody, shopperJson, signInFirst, type ShopperAnswer } from './shopper';

const minor = z.int().min(0).max(1_000_000_000_000);
const lineSchema = z
  .object({
    product: z
      .string()
      .refine(isPlatformId, 'is not an id')
      .transform(asId<PlatformId>)
      .nullable(),
    amountMinor: minor,
    discounted: z.boolean(),
  })
  .transform(({ product, amountMinor, discounted }) => ({ productId: product, amountMinor, isDiscounted: discounted }));
const wishSchema = z.object({
  id: z
    .string()
    .refine(isUuid, 'is not a UUID')
    .transform((id) => asId<RedemptionId>(id.toLowerCase())),
  reward: z.string().min(1).max(40),
  points: z.int().min(1).max(1_000_000_000).nullish(),
  // What is too long for the rules is refused there, in words.
  answer: z.string().max(10_000).nullish(),
  // Of a product: which variant.
  variant: z
    .string()
    .refine(isPlatformId, 'is not an id')
    .transform(asId<PlatformId>)
    .nullish(),
  cart: z
    .object({
      subtotalMinor: minor,
      currency: z.string().regex(/^[A-Z]{3}$/),
      remainingMinor: minor.optional(),
      discounts: z
        .array(z.enum(['order', 'product', 'shipping']))
        .max(3)
        .optional(),
      // What is in it: of which product, and what it comes to. A shop takes 500 lines at most.
      lines: z.array(lineSchema).max(500).optional(),
    })
    .nullish(),
});

const statusOf = {
  not_enough_points: 409,
  id_used_otherwise: 409,
  refused_by_platform: 409,
  unknown_reward: 404,
  no_program: 404,
} as const;

/** Points become a code, or what the merchant gives, for the customer. Whoever the body claims to be is ignored. */
export const answerRedeem: ShopperAnswer = async ({ store, customerId, language, reader }, { body }, now) => {
  if (customerId === null) return signInFirst(language);
  const wish = wishSchema.safeParse(body);
  if (!wish.success) return badBody(language, wish.error.issues[0]?.path.join('.') ?? '');
  const { deps, database } = await services();
  const { id: redemptionId, reward: rewardId, points = null, cart = null, answer = null, variant } = wish.data;
  const wished = { redemptionId, customerId, rewardId, points, cart, answer, variantId: variant ?? null };
  const redeemed = await redeemReward(deps, store, wished, now);
  if (!redeemed.ok) {
    const { kind } = redeemed.error;
    const status = kind in statusOf ? statusOf[kind as keyof typeof statusOf] : 422;
    return problem(status, kind, refusalText(language, redeemed.error, reader));
  }
  const redemption = redeemed.value;
  const redeemedNow = [{ id: redemption.id, grant: redemption.grant.kind }];
  const code = (await shownCodes(deps, store.programId, redeemedNow)).get(redemption.id);
  const { codes, ...balance } = await storefrontBalance(database, store, customerId, now);
  const told = {
    redemption: {
      id: redemption.id,
      state: redemption.state,
      rewardId: redemption.rewardId,
      points: redemption.points,
      amountMinor: redemption.amountMinor,
      currency: redemption.currency,
      endsAt: isoOf(redemption.endsAt),
      code: redemption.state === 'held' ? null : redemption.code,
    },
    // In words what is no code: the page says it and is done.
    given: givenText(language, redemption, store.timeZone, code),
    balance,
    codes,
  };
  return shopperJson(told, redemption.state === 'held' ? 202 : 200);
};
