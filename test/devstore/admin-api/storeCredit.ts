import {
  decimal,
  minor,
  newNumber,
  nowOf,
  timeText,
  type CreditAccount,
  type CreditTransaction,
  type Devstore,
} from '../process/state';
import { connection, gid, userError } from './nodes';

export type CreditInput = { creditAmount: { amount: string; currencyCode: string }; expiresAt?: string };

const money = (store: Devstore, amount: number) => ({ amount: decimal(amount), currencyCode: store.shop.currency });

const isSpendable = (store: Devstore, { kind, remainingMinor, expiresAt }: CreditTransaction): boolean =>
  kind === 'credit' && remainingMinor > 0 && (expiresAt === null || new Date(expiresAt) > nowOf(store));

/** What a customer can spend now, what ends soonest first. */
export const spendableOf = (store: Devstore, customerId: number): readonly CreditTransaction[] =>
  (store.creditAccounts.get(customerId)?.transactions ?? [])
    .filter((one) => isSpendable(store, one))
    .sort((a, b) => (a.expiresAt ?? '9').localeCompare(b.expiresAt ?? '9'));

export const creditOf = (store: Devstore, customerId: number): number =>
  spendableOf(store, customerId).reduce((sum, { remainingMinor }) => sum + remainingMinor, 0);

const accountOf = (store: Devstore, customerId: number): CreditAccount => {
  const account = store.creditAccounts.get(customerId) ?? { id: newNumber(store), transactions: [] };
  store.creditAccounts.set(customerId, account);
  return account;
};

/** Notes a movement in a customer's account. */
export const moveCredit = (
  store: Devstore,
  customerId: number,
  part: Pick<CreditTransaction, 'kind' | 'minor' | 'expiresAt' | 'event'>,
): CreditTransaction => {
  const createdAt = timeText(nowOf(store));
  const remainingMinor = part.kind === 'credit' ? part.minor : 0;
  const one: CreditTransaction = { id: newNumber(store), ...part, remainingMinor, createdAt };
  accountOf(store, customerId).transactions.push(one);
  return one;
};

const transactionNode = (
  store: Devstore,
  { id, kind, minor: amount, expiresAt, createdAt, event }: CreditTransaction,
) => {
  const type = kind === 'credit' ? 'StoreCreditAccountCreditTransaction' : 'StoreCreditAccountDebitTransaction';
  const signed = money(store, kind === 'credit' ? amount : -amount);
  return { __typename: type, id: gid(type, id), amount: signed, expiresAt, createdAt, event };
};

const accountNode = (store: Devstore, customerId: number, { id, transactions }: CreditAccount) => ({
  __typename: 'StoreCreditAccount',
  id: gid('StoreCreditAccount', id),
  balance: money(store, creditOf(store, customerId)),
  transactions: ({ reverse, ...args }: { reverse?: boolean; first?: number; after?: string }) => {
    const nodes = transactions.map((one) => transactionNode(store, one));
    return connection(reverse === true ? nodes.reverse() : nodes, args);
  },
});

/** The accounts of a customer: none before the first credit. */
export const accountsOf = (store: Devstore, customerId: number) => (args: object) => {
  const account = store.creditAccounts.get(customerId);
  return connection(account === undefined ? [] : [accountNode(store, customerId, account)], args);
};

export const accountById = (store: Devstore, id: string) => {
  const found = [...store.creditAccounts].find(([, account]) => gid('StoreCreditAccount', account.id) === id);
  return found === undefined ? null : accountNode(store, ...found);
};

// What Shopify finds wrong, the first of it.
const wrongWith = (store: Devstore, customerId: number | null, input: CreditInput) => {
  const wrong = (field: string, message: string, code: string) => userError(['creditInput', field], message, code);
  const { creditAmount, expiresAt } = input;
  if (customerId === null || !store.customers.has(customerId))
    return userError(['id'], 'Owner does not exist', 'OWNER_NOT_FOUND');
  if (creditAmount.currencyCode !== store.shop.currency)
    return wrong('creditAmount', 'Currency is not supported', 'UNSUPPORTED_CURRENCY');
  if (minor(creditAmount.amount) <= 0)
    return wrong('creditAmount', 'A positive amount must be used', 'NEGATIVE_OR_ZERO_AMOUNT');
  if (expiresAt !== undefined && new Date(expiresAt) <= nowOf(store))
    return wrong('expiresAt', 'The expiry date must be in the future', 'EXPIRES_AT_IN_PAST');
  return creditOf(store, customerId) + minor(creditAmount.amount) > store.giving.storeCreditLimitMinor
    ? wrong('creditAmount', 'The operation would cause the account to exceed its limit', 'CREDIT_LIMIT_EXCEEDED')
    : null;
};

/** `storeCreditAccountCredit` with the refusals Shopify gives: the account is made with its first credit. */
export const creditStoreAccount = (store: Devstore, id: string, input: CreditInput) => {
  const number = /^gid:\/\/shopify\/Customer\/(\d+)$/.exec(id)?.[1];
  const customerId = number === undefined ? null : Number(number);
  const wrong = wrongWith(store, customerId, input);
  if (wrong !== null || customerId === null)
    return { storeCreditAccountTransaction: null, userErrors: wrong === null ? [] : [wrong] };
  const amount = minor(input.creditAmount.amount);
  const expiresAt = input.expiresAt === undefined ? null : timeText(new Date(input.expiresAt));
  const made = moveCredit(store, customerId, { kind: 'credit', minor: amount, expiresAt, event: 'ADJUSTMENT' });
  return { storeCreditAccountTransaction: transactionNode(store, made), userErrors: [] };
};
