import { z } from 'zod';
import type { Credit } from '~/core/transfers/transfer';
import type { PlatformId } from '~/core/values/ids';
import { parseInstant, type Instant } from '~/core/values/instant';
import { parseMoney } from '~/core/values/money';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { shopifyMoney } from '../money';
import { gidOf } from '../gid';

export const operation = `#graphql
  query FidelioReadAccounts($id: ID!) {
    customer(id: $id) { storeCreditAccounts(first: 50) { nodes { id balance { currencyCode } } } }
  }`;

export const pageOperation = `#graphql
  query FidelioListCredits($id: ID!, $after: String) {
    storeCreditAccount(id: $id) {
      transactions(first: 50, after: $after, reverse: true, sortKey: CREATED_AT) {
        nodes {
          __typename
          createdAt
          amount { amount currencyCode }
          ... on StoreCreditAccountCreditTransaction { id expiresAt }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

const account = z.object({ id: z.string(), balance: z.object({ currencyCode: z.string() }) });
const accounts = z.object({
  customer: z.object({ storeCreditAccounts: z.object({ nodes: z.array(account) }) }).nullable(),
});
const transaction = z.object({
  id: z.string().optional(),
  createdAt: z.string(),
  amount: shopifyMoney,
  expiresAt: z.string().nullish(),
});
const page = z.object({
  storeCreditAccount: z
    .object({
      transactions: z.object({
        nodes: z.array(transaction),
        pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
      }),
    })
    .nullable(),
});

type Page = NonNullable<z.infer<typeof page>['storeCreditAccount']>['transactions'];

const nothing: Page = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

/** The credits of a customer's account in a currency, newest first, back to a moment at least. */
export const listCredits = async (
  client: AdminClient,
  customerId: PlatformId,
  currency: string,
  since: Instant,
): Promise<Result<readonly Credit[], PlatformFailure>> => {
  const read = await client.ask(operation, { id: gidOf('Customer', customerId) }, accounts);
  if (!read.ok) return read;
  const all = read.value.customer?.storeCreditAccounts.nodes ?? [];
  const own = all.find(({ balance }) => balance.currencyCode === currency);
  return own === undefined ? ok([]) : creditsOf(client, own.id, since);
};

const creditsOf = async (
  client: AdminClient,
  id: string,
  since: Instant,
): Promise<Result<readonly Credit[], PlatformFailure>> => {
  const credits: Credit[] = [];
  let after: string | null = null;
  do {
    const read: Result<z.infer<typeof page>, PlatformFailure> = await client.ask(pageOperation, { id, after }, page);
    if (!read.ok) return read;
    const { nodes, pageInfo }: Page = read.value.storeCreditAccount?.transactions ?? nothing;
    for (const node of nodes) {
      if (node.id === undefined) continue;
      const credit = creditOf(node.id, node);
      if (credit === null) return refuse({ kind: 'unavailable', reason: 'a credit of the shop cannot be read' });
      credits.push(credit);
    }
    const oldest = parseInstant(nodes.at(-1)?.createdAt ?? '');
    const isFar = oldest.ok && oldest.value < since;
    after = pageInfo.hasNextPage && !isFar ? pageInfo.endCursor : null;
  } while (after !== null);
  return ok(credits);
};

// null: it cannot be read.
const creditOf = (reference: string, { amount, expiresAt }: z.infer<typeof transaction>): Credit | null => {
  const money = parseMoney(amount.amount, amount.currencyCode);
  const end = expiresAt == null ? null : parseInstant(expiresAt);
  if (!money.ok || end?.ok === false) return null;
  return { reference, amountMinor: money.value, currency: amount.currencyCode, expiresAt: end?.value ?? null };
};
