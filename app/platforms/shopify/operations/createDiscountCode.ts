import { z } from 'zod';
import { isoOf } from '~/core/values/instant';
import { decimalOf } from '~/core/values/money';
import { ok, refuse, type Result } from '~/core/values/result';
import type { IssuedReward, IssueRequest, PlatformFailure } from '~/platforms/platform';
import { refusedBy, userErrors, type AdminClient } from '../adminClient';
import { gidOf } from '../gid';
import { readDiscountCode } from './readDiscountCode';

export const operation = `#graphql
  mutation FidelioCreateDiscountCode($discount: DiscountCodeBasicInput!) {
    discountCodeBasicCreate(basicCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }`;

const answer = z.object({
  discountCodeBasicCreate: z
    .object({ codeDiscountNode: z.object({ id: z.string() }).nullish(), userErrors })
    .nullable(),
});

/**
 * Makes a code that only this customer can use, once. When the code exists already (a retry after a lost
 * answer), it is read back and accepted only if its title, customer and value are ours.
 */
export const createDiscountCode = async (
  client: AdminClient,
  request: IssueRequest,
): Promise<Result<IssuedReward, PlatformFailure>> => {
  const made = await client.ask(operation, { discount: discountInput(request) }, answer);
  if (!made.ok) return made;
  const { codeDiscountNode, userErrors: errors } = made.value.discountCodeBasicCreate ?? {
    codeDiscountNode: null,
    userErrors: [],
  };
  if (codeDiscountNode != null) return ok({ reference: codeDiscountNode.id });
  if (errors.some(({ code }) => code === 'TAKEN')) return findOurs(client, request);
  return refuse(
    errors.length > 0 ? refusedBy(errors) : { kind: 'unavailable', reason: 'no code was made and no reason given' },
  );
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
    discount.amount === decimalOf(request.grant.amountMinor, request.grant.currency);
  return ours
    ? ok({ reference: discount.id })
    : refuse({ kind: 'refused', reasons: ['A discount with this code exists already and is not ours.'] });
};

const discountInput = ({ title, code, startsAt, endsAt, customerId, grant }: IssueRequest) => ({
  title,
  code,
  tags: ['fidelio'],
  startsAt: isoOf(startsAt),
  endsAt: isoOf(endsAt),
  usageLimit: 1,
  appliesOncePerCustomer: true,
  context: { customers: { add: [gidOf('Customer', customerId)] } },
  combinesWith: grant.combinesWith,
  customerGets: {
    items: { all: true },
    value: { discountAmount: { amount: decimalOf(grant.amountMinor, grant.currency), appliesOnEachItem: false } },
  },
  ...(grant.minimumSubtotalMinor === null
    ? {}
    : {
        minimumRequirement: {
          subtotal: { greaterThanOrEqualToSubtotal: decimalOf(grant.minimumSubtotalMinor, grant.currency) },
        },
      }),
});
