import { z } from 'zod';
import { isoOf } from '~/core/values/instant';
import { decimalOf } from '~/core/values/money';
import { ok, refuse, type Result } from '~/core/values/result';
import type { CreditRequest, IssuedReward, LimitReached, PlatformFailure } from '~/platforms/platform';
import { refusedBy, userErrors, type AdminClient } from '../adminClient';
import { gidOf } from '../gid';

export const operation = `#graphql
  mutation FidelioCreditAccount($id: ID!, $credit: StoreCreditAccountCreditInput!) {
    storeCreditAccountCredit(id: $id, creditInput: $credit) {
      storeCreditAccountTransaction { id }
      userErrors { field message code }
    }
  }`;

const answer = z.object({
  storeCreditAccountCredit: z
    .object({ storeCreditAccountTransaction: z.object({ id: z.string() }).nullish(), userErrors })
    .nullable(),
});

/** Puts store credit into a customer's account, asking once: the shop takes no key, and would do it again. */
export const creditAccount = async (
  client: AdminClient,
  { customerId, amountMinor, currency, expiresAt }: CreditRequest,
): Promise<Result<IssuedReward, PlatformFailure | LimitReached>> => {
  const creditAmount = { amount: decimalOf(amountMinor, currency), currencyCode: currency };
  const credit = { creditAmount, expiresAt: isoOf(expiresAt), notify: false };
  const asked = await client.askOnce(operation, { id: gidOf('Customer', customerId), credit }, answer);
  if (!asked.ok) return asked;
  const { storeCreditAccountTransaction: made, userErrors: errors = [] } = asked.value.storeCreditAccountCredit ?? {};
  if (made != null) return ok({ reference: made.id });
  if (errors.some(({ code }) => code === 'CREDIT_LIMIT_EXCEEDED'))
    return refuse({ kind: 'limit_reached', reasons: errors.map(({ message }) => message) });
  return refuse(errors.length > 0 ? refusedBy(errors) : { kind: 'unavailable', reason: 'no credit and no reason' });
};
