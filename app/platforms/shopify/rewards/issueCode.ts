import type { CodeGrant, CodeGrantKind } from '~/core/rewards/grants';
import type { PlatformId } from '~/core/values/ids';
import { isoOf } from '~/core/values/instant';
import { decimalOf } from '~/core/values/money';
import { ok, refuse, type Result } from '~/core/values/result';
import type { IssuedReward, IssueRequest, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { gidOf } from '../gid';
import { readDiscountCode } from '../operations/readDiscountCode';
import { amountOff } from './amountOff';
import { thingsOf } from './codeThings';
import { withoutGone } from './withoutGone';
import { freeProduct } from './freeProduct';
import { freeShipping } from './freeShipping';
import type { CommonInput, GrantMaker } from './grantMaker';
import { percentOff } from './percentOff';

// A grant that Shopify cannot make does not compile.
const makers = {
  amount_off: amountOff,
  percent_off: percentOff,
  free_shipping: freeShipping,
  free_product: freeProduct,
} satisfies { readonly [Kind in CodeGrantKind]: GrantMaker<Kind> };

/** A request for a code. */
export type CodeRequest = IssueRequest & { readonly grant: CodeGrant };

// The cast says what the type system cannot: the maker of a grant's kind takes that grant.
const makerOf = (grant: CodeGrant): GrantMaker<CodeGrantKind> => makers[grant.kind] as GrantMaker<CodeGrantKind>;

/**
 * Makes a code that only this customer can use, once. When the code exists already (a retry after a lost
 * answer), it is read back and accepted only if its title, customer and value are ours. What it names and the shop does
 * not have any more is left out: the rest of it still holds.
 */
export const issueCode = async (
  client: AdminClient,
  request: CodeRequest,
  customerId: PlatformId,
): Promise<Result<IssuedReward, PlatformFailure>> => {
  const { grant } = request;
  // Of the things that it names none is Shopify's: there is nothing that a code could be for.
  if (thingsOf(grant)?.length === 0)
    return refuse({ kind: 'refused', reasons: ['Shopify makes codes for its own products and collections only.'] });
  const make = (wanted: CodeGrant) => makerOf(wanted).create(client, commonOf(request, customerId), wanted);
  let made = await make(grant);
  if (!made.ok && made.error.kind === 'refused') {
    const rest = await withoutGone(client, grant);
    if (!rest.ok) return rest;
    if (rest.value !== null) made = await make(rest.value);
  }
  if (!made.ok) return made;
  return made.value.kind === 'made' ? ok({ reference: made.value.reference }) : findOurs(client, request, customerId);
};

const findOurs = async (
  client: AdminClient,
  request: CodeRequest,
  customerId: PlatformId,
): Promise<Result<IssuedReward, PlatformFailure>> => {
  const found = await readDiscountCode(client, request.code, thingsOf(request.grant)?.length);
  if (!found.ok) return found;
  const discount = found.value;
  const foreign = refuse({
    kind: 'refused' as const,
    reasons: ['A discount with this code exists already and is not ours.'],
  });
  if (discount === null || discount.title !== request.title) return foreign;
  if (discount.customerIds.length !== 1 || discount.customerIds[0] !== customerId) return foreign;
  const isFor = (grant: CodeGrant | null): boolean => grant !== null && makerOf(grant).isSame(discount, grant);
  if (isFor(request.grant)) return ok({ reference: discount.id });
  const rest = await withoutGone(client, request.grant);
  if (!rest.ok) return rest;
  return isFor(rest.value) ? ok({ reference: discount.id }) : foreign;
};

const commonOf = ({ title, code, startsAt, endsAt, grant }: CodeRequest, customerId: PlatformId): CommonInput => ({
  title,
  code,
  tags: ['fidelio'],
  startsAt: isoOf(startsAt),
  endsAt: isoOf(endsAt),
  usageLimit: 1,
  appliesOncePerCustomer: true,
  context: { customers: { add: [gidOf('Customer', customerId)] } },
  combinesWith: grant.combinesWith,
  // What has to be bought beside a product is said with the product.
  ...(grant.minimumSubtotalMinor === null || grant.kind === 'free_product'
    ? {}
    : {
        minimumRequirement: {
          subtotal: { greaterThanOrEqualToSubtotal: decimalOf(grant.minimumSubtotalMinor, grant.currency) },
        },
      }),
});
