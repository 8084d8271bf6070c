import { isOver } from '../admin-api/giftCards';
import { creditOf, moveCredit, spendableOf } from '../admin-api/storeCredit';
import { minor, type Cart, type Devstore, type GiftCard, type OrderPayload, type Payment } from '../process/state';

/** Why a gift card does not pay; null when it does. */
export const whyNotCard = (store: Devstore, card: GiftCard | undefined): string | null => {
  if (card === undefined) return 'Enter a valid discount code or gift card';
  if (isOver(store, card)) return 'This gift card has expired';
  return card.balanceMinor <= 0 ? 'This gift card has no balance' : null;
};

/** Who pays, and with what. */
export type Payer = { readonly cart: Pick<Cart, 'giftCardIds' | 'withCredit'>; readonly customerId: number | null };

/** What of a total a cart's gift cards pay, one after the other, and then the store credit of who is signed in. */
export const paymentsFor = (store: Devstore, { cart, customerId }: Payer, totalMinor: number): readonly Payment[] => {
  let left = totalMinor;
  const cards = (cart.giftCardIds ?? []).flatMap((giftCardId): readonly Payment[] => {
    const card = store.giftCards.get(giftCardId);
    if (card === undefined || whyNotCard(store, card) !== null) return [];
    const paid = Math.min(left, card.balanceMinor);
    left -= paid;
    return paid > 0 ? [{ kind: 'gift_card', giftCardId, minor: paid }] : [];
  });
  if (customerId === null || cart.withCredit !== true) return cards;
  const paid = Math.min(left, creditOf(store, customerId));
  return paid > 0 ? [...cards, { kind: 'store_credit', customerId, minor: paid }] : cards;
};

const spendCredit = (store: Devstore, customerId: number, paid: number): void => {
  let left = paid;
  for (const credit of spendableOf(store, customerId)) {
    const part = Math.min(left, credit.remainingMinor);
    credit.remainingMinor -= part;
    left -= part;
  }
  moveCredit(store, customerId, { kind: 'debit', minor: paid, expiresAt: null, event: 'ORDER_PAYMENT' });
};

/** Takes the payments of an order. */
export const takePayments = (store: Devstore, order: OrderPayload, payments: readonly Payment[]): void => {
  for (const payment of payments) {
    if (payment.kind === 'store_credit') spendCredit(store, payment.customerId, payment.minor);
    else moveCard(store, payment.giftCardId, -payment.minor);
  }
  store.payments.set(order.id, [...payments]);
  const paid = payments.reduce((sum, one) => sum + one.minor, 0);
  const rest = minor(String(order.total_price)) > paid ? ['shopify_payments'] : [];
  const ways = payments.map(({ kind }) => (kind === 'gift_card' ? kind : 'shopify_store_credit'));
  order.payment_gateway_names = [...new Set(ways), ...rest];
};

const moveCard = (store: Devstore, id: number, amount: number): void => {
  const card = store.giftCards.get(id);
  if (card !== undefined) card.balanceMinor += amount;
};

/** Money that goes back: to what the order was paid with beside the bank first, as far as it was. */
export const payBack = (store: Devstore, orderId: number, amountMinor: number): void => {
  let left = amountMinor;
  const payments = store.payments.get(orderId) ?? [];
  const after = payments.map((payment) => {
    const back = Math.min(left, payment.minor);
    left -= back;
    if (payment.kind === 'gift_card') moveCard(store, payment.giftCardId, back);
    else if (back > 0)
      moveCredit(store, payment.customerId, { kind: 'credit', minor: back, expiresAt: null, event: 'ORDER_REFUND' });
    return { ...payment, minor: payment.minor - back };
  });
  store.payments.set(orderId, after);
};
