import type { OrderSnapshot } from './snapshot';

/** Stands for the hash of somebody who was erased: the order is a member's, and nobody is found by it. */
const nobodysHash = '';

/**
 * An order of somebody who was erased: without customer and e-mail hash, and without what people typed in (titles of
 * lines, codes made for a person). What the order's points are worked out from stays, also that it is some member's
 * (`isMembers`). `keepsCode` says which codes the ledger still needs: those of our own rewards.
 */
export const redactSnapshot = (
  order: OrderSnapshot,
  isMembers: boolean,
  keepsCode: (code: string) => boolean,
): OrderSnapshot => {
  const discounts = (list: OrderSnapshot['shipping']['discounts']): OrderSnapshot['shipping']['discounts'] =>
    list.map(({ code, amountMinor }) => ({ code: code !== null && keepsCode(code) ? code : null, amountMinor }));
  return {
    ...order,
    customerId: null,
    emailHash: isMembers ? nobodysHash : null,
    discountCodes: order.discountCodes.filter(keepsCode),
    lines: order.lines.map((line) => ({ ...line, title: '', discounts: discounts(line.discounts) })),
    shipping: { ...order.shipping, discounts: discounts(order.shipping.discounts) },
  };
};
