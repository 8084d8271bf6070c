import type { GrantKind, RewardGrant } from '~/core/rewards/grants';
import { isoOf } from '~/core/values/instant';
import { decimalOf } from '~/core/values/money';
import { ok, refuse, type Result } from '~/core/values/result';
import type { IssuedReward, IssueRequest, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { gidOf } from '../gid';
import { readDiscountCode } from '../operations/readDiscountCode';
import { amountOff } from './amountOff';
import { freeShipping } from './freeShipping';
import type { CommonInput, GrantMaker } from './grantMaker';

// A grant that Shopify cannot make does not compile.
const makers = { amount_off: amountOff, free_shipping: freeShipping } satisfies {
  readonly [Kind in GrantKind]: GrantMaker<Kind>;
};

// The cast says what the type system cannot: the maker of a grant's kind takes that grant.
const makerOf = (grant: RewardGrant): GrantMaker<GrantKind> => makers[grant.kind] as GrantMaker<GrantKind>;

/**
 * Makes a code that only this customer can use, once. When the code exists already (a retry after a lost
 * answer), it is read back and accepted only if its title, customer and value are ours.
 */
export const issueCode = async (
  client: AdminClient,
  request: IssueRequest,
): Promise<Result<IssuedReward, PlatformFailure>> => {
  const made = await makerOf(request.grant).create(client, commonOf(request), request.grant);
  if (!made.ok) return made;
  return made.value.kind === 'made' ? ok({ reference: made.value.reference }) : findOurs(client, request);
};

const findOurs = async (client: AdminClient, request: IssueRequest): Promise<Result<IssuedReward, PlatformFailure>> => {
  const found = await readDiscountCode(client, request.code);
  if (!found.ok) return found;
  const discount = found.value;
  const ours =
    discount !== null &&
    discount.title === request.title &&
    discount.customerIds.length === 1 &&
    discount.customerIds[0] === request.customerId &&
    makerOf(request.grant).isSame(discount, request.grant);
  return ours
    ? ok({ reference: discount.id })
    : refuse({ kind: 'refused', reasons: ['A discount with this code exists already and is not ours.'] });
};

const commonOf = ({ title, code, startsAt, endsAt, customerId, grant }: IssueRequest): CommonInput => ({
  title,
  code,
  tags: ['fidelio'],
  startsAt: isoOf(startsAt),
  endsAt: isoOf(endsAt),
  usageLimit: 1,
  appliesOncePerCustomer: true,
  context: { customers: { add: [gidOf('Customer', customerId)] } },
  combinesWith: grant.combinesWith,
  ...(grant.minimumSubtotalMinor === null
    ? {}
    : {
        minimumRequirement: {
          subtotal: { greaterThanOrEqualToSubtotal: decimalOf(grant.minimumSubtotalMinor, grant.currency) },
        },
      }),
});
