import { canonicalJson } from '~/core/values/canonicalJson';
import { ok, refuse, type Result } from '~/core/values/result';
import type { CreditRequest, IssuedReward, IssueRequest, LimitReached, Platform, PlatformFailure } from '../platform';
import { refused, type Answers, type Shop } from './answers';

/** What the shop makes and gives: codes, gift cards, store credit. */
export const rewardPart = (
  shop: Shop,
  { answer, tell }: Answers,
): Pick<
  Platform,
  'issueReward' | 'voidReward' | 'readRewardUse' | 'findGiftCard' | 'readGivingTerms' | 'creditAccount' | 'listCredits'
> => ({
  issueReward: (request) => answer(() => issue(shop, request)),
  voidReward: (reference) =>
    tell(() => {
      const code = shop.codes.get(reference);
      if (code !== undefined) code.active = false;
      return null;
    }),
  readRewardUse: (code) =>
    tell(() => {
      const made = shop.codes.get(code);
      return made === undefined || made.request.grant.kind === 'gift_card'
        ? { kind: 'unknown' }
        : { kind: 'known', reference: code, uses: shop.usesOf(code), active: made.active };
    }),
  findGiftCard: (code) =>
    tell(() => {
      const request = shop.codes.get(code)?.request;
      return request?.grant.kind === 'gift_card' ? referenceOf(request) : null;
    }),
  creditAccount: (request) => answer(() => credit(shop, request)),
  listCredits: (customerId, currency) =>
    tell(() => (shop.credits.get(customerId) ?? []).filter((one) => one.currency === currency)),
  readGivingTerms: () => tell(() => ({ missingScopes: [], isOn: true, limit: null })),
});

// A code is ours when it was made by the same wish.
const issue = (shop: Shop, request: IssueRequest): Result<IssuedReward, PlatformFailure> => {
  const { code, holder, endsAt, startsAt } = request;
  if (request.grant.kind !== 'gift_card' && endsAt <= startsAt) return refused('The code ends before it begins.');
  if (holder.kind === 'customer' && shop.customerOf(holder.customerId) === null)
    return refused('The customer does not exist.');
  const made = shop.codes.get(code);
  if (made === undefined) shop.codes.set(code, { request, uses: 0, active: true });
  else if (wishOf(made.request) !== wishOf(request)) return refused('A code of this text exists and is not ours.');
  return ok({ reference: referenceOf(request) });
};

// A code is its own reference; a gift card has a number, because its code is a secret.
const referenceOf = ({ code, grant, redemptionId }: IssueRequest): string =>
  grant.kind === 'gift_card' ? `card ${redemptionId}` : code;

const credit = (
  shop: Shop,
  { customerId, ...wish }: CreditRequest,
): Result<IssuedReward, PlatformFailure | LimitReached> => {
  if (shop.customerOf(customerId) === null) return refused('The customer does not exist.');
  if (wish.currency !== shop.facts.currency) return refused('The shop has no such currency.');
  const credits = shop.credits.get(customerId) ?? [];
  const held = credits.reduce((sum, { amountMinor }) => sum + amountMinor, wish.amountMinor);
  if (held > shop.creditLimitMinor) return refuse({ kind: 'limit_reached', reasons: ['The account is full.'] });
  const count = [...shop.credits.values()].reduce((sum, { length }) => sum + length, 1);
  const reference = `credit ${count}`;
  shop.credits.set(customerId, [...credits, { reference, ...wish }]);
  return ok({ reference });
};

const wishOf = ({ title, holder, grant }: IssueRequest): string => canonicalJson({ title, holder, grant });
