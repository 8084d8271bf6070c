import { decimal, minor, newNumber, nowOf, timeText, type Devstore, type GiftCard } from '../process/state';
import { connection, gid, numberOf, userError } from './nodes';

export type GiftCardInput = {
  initialAmount?: { amount: string; currencyCode: string };
  customerId?: string;
  code?: string;
  expiresOn?: string;
  note?: string;
};

const money = (store: Devstore, amount: number) => ({ amount: decimal(amount), currencyCode: store.shop.currency });

const giftCardNode = (store: Devstore, card: GiftCard) => ({
  __typename: 'GiftCard',
  id: gid('GiftCard', card.id),
  // The whole code is shown once, to whoever made it.
  lastCharacters: card.code.slice(-4).toLowerCase(),
  note: card.note,
  expiresOn: card.expiresOn,
  customer: card.customerId === null ? null : { __typename: 'Customer', id: gid('Customer', card.customerId) },
  initialValue: money(store, card.initialMinor),
  balance: money(store, card.balanceMinor),
});

/** A gift card by its code, in whatever case. */
export const cardByCode = (store: Devstore, code: string): GiftCard | undefined =>
  [...store.giftCards.values()].find((one) => one.code.toUpperCase() === code.trim().toUpperCase());

export const isOver = (store: Devstore, { expiresOn }: Pick<GiftCard, 'expiresOn'>): boolean =>
  expiresOn !== null && expiresOn < todayIn(store);

const todayIn = (store: Devstore): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: store.shop.timeZone }).format(nowOf(store));

// What Shopify finds wrong, the first of it.
const wrongWith = (store: Devstore, input: GiftCardInput): ReturnType<typeof userError> | null => {
  const { initialAmount, customerId, code, expiresOn = null } = input;
  const wrong = (field: string, message: string, kind: string) => userError(['input', field], message, kind);
  if (!store.giving.giftCards) return wrong('base', 'Gift cards are not enabled for this shop.', 'INVALID');
  if (code !== undefined && code.length < 8)
    return wrong('code', 'Code is too short (minimum is 8 characters)', 'TOO_SHORT');
  if (code !== undefined && code.length > 20)
    return wrong('code', 'Code is too long (maximum is 20 characters)', 'TOO_LONG');
  if (code !== undefined && !/^[a-z0-9]+$/i.test(code)) return wrong('code', 'Code is invalid', 'INVALID');
  if (code !== undefined && cardByCode(store, code) !== undefined)
    return wrong('code', 'Code has already been taken', 'TAKEN');
  if (initialAmount === undefined) return wrong('initialAmount', 'Initial amount is missing', 'MISSING_ARGUMENT');
  if (initialAmount.currencyCode !== store.shop.currency)
    return wrong('initialAmount', 'Currency is not enabled for this shop', 'INVALID');
  if (minor(initialAmount.amount) <= 0) return wrong('initialAmount', 'Value must be greater than 0', 'GREATER_THAN');
  if (minor(initialAmount.amount) > store.giving.giftCardLimitMinor)
    return wrong('initialAmount', 'Initial value exceeds the limit of gift cards', 'GIFT_CARD_LIMIT_EXCEEDED');
  if (customerId !== undefined && !store.customers.has(numberOf(customerId, 'Customer')))
    return wrong('customerId', 'Customer could not be found.', 'CUSTOMER_NOT_FOUND');
  return isOver(store, { expiresOn }) ? wrong('expiresOn', 'Expires on must not be in the past', 'INVALID') : null;
};

/** `giftCardCreate` with the refusals Shopify gives. */
export const createGiftCard = (store: Devstore, input: GiftCardInput) => {
  const wrong = wrongWith(store, input);
  if (wrong !== null) return { giftCard: null, giftCardCode: null, userErrors: [wrong] };
  const id = newNumber(store);
  const amount = minor(input.initialAmount?.amount ?? '0');
  const card: GiftCard = {
    id,
    code: input.code ?? `GIFT${id}`.slice(-16),
    customerId: input.customerId === undefined ? null : numberOf(input.customerId, 'Customer'),
    note: input.note ?? null,
    initialMinor: amount,
    balanceMinor: amount,
    expiresOn: input.expiresOn ?? null,
    createdAt: timeText(nowOf(store)),
  };
  store.giftCards.set(id, card);
  return { giftCard: giftCardNode(store, card), giftCardCode: card.code, userErrors: [] };
};

/** `giftCards`: by one word, which is looked for in codes; any other search is a loud error. */
export const giftCardsFound = (store: Devstore, query: string, args: object) => {
  if (!/^[a-z0-9]+$/i.test(query)) throw new Error(`The devstore cannot search gift cards for ${query}.`);
  const found = [...store.giftCards.values()].filter(({ code }) => code.toUpperCase().includes(query.toUpperCase()));
  return connection(
    found.map((card) => giftCardNode(store, card)),
    args,
  );
};

export const giftCardConfiguration = (store: Devstore) => ({
  issueLimit: money(store, store.giving.giftCardLimitMinor),
});
