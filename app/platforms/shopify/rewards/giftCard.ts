import type { GiftCardGrant } from '~/core/rewards/grants';
import type { PlatformId } from '~/core/values/ids';
import { decimalOf, parseMoney } from '~/core/values/money';
import { ok, refuse, type Result } from '~/core/values/result';
import type { IssuedReward, IssueRequest, PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { gidOf } from '../gid';
import { createGiftCard } from '../operations/createGiftCard';
import { findGiftCard, type FoundGiftCard } from '../operations/findGiftCard';

/**
 * Makes a gift card of a customer's. When one with its code is there already, or no answer comes, it is looked for and
 * accepted only if note, customer and value are ours. What is not found (yet) is asked for again later.
 */
export const issueGiftCard = async (
  client: AdminClient,
  { title, code, lastDay = null }: IssueRequest,
  grant: GiftCardGrant,
  customerId: PlatformId,
): Promise<Result<IssuedReward, PlatformFailure>> => {
  const made = await createGiftCard(client, {
    initialAmount: { amount: decimalOf(grant.amountMinor, grant.currency), currencyCode: grant.currency },
    customerId: gidOf('Customer', customerId),
    code,
    note: title,
    ...(lastDay === null ? {} : { expiresOn: lastDay }),
  });
  if (!made.ok && made.error.kind === 'refused') return made;
  if (made.ok && made.value.kind === 'made') return ok({ reference: made.value.reference });
  const found = await findGiftCard(client, code);
  if (!found.ok) return made.ok ? found : made;
  if (found.value === null)
    return made.ok ? refuse({ kind: 'unavailable', reason: 'the gift card is not found yet' }) : made;
  return isOurs(found.value, { title, grant, customerId })
    ? ok({ reference: found.value.id })
    : refuse({ kind: 'refused', reasons: ['A gift card with this code exists already and is not ours.'] });
};

type Ours = { readonly title: string; readonly grant: GiftCardGrant; readonly customerId: PlatformId };

const isOurs = ({ note, customer, initialValue }: FoundGiftCard, { title, grant, customerId }: Ours): boolean => {
  const value = parseMoney(initialValue.amount, initialValue.currencyCode);
  return (
    note === title &&
    customer?.id === gidOf('Customer', customerId) &&
    initialValue.currencyCode === grant.currency &&
    value.ok &&
    value.value === grant.amountMinor
  );
};
