import type { TextTree } from './host/i18n';

type Money = { readonly amount: number; readonly currencyCode: string };
type Allocation = { readonly discountedAmount: Money; readonly code: string; readonly type: 'code' };

/** What the page around a target of the checkout or the account knows. */
export type FrameState = {
  readonly extension: string;
  readonly locale: string;
  readonly texts: TextTree;
  readonly currency: string;
  readonly appUrl: string;
  readonly canChangeCodes: boolean;
  readonly canChangeLines: boolean;
  readonly orderId: string | null;
  readonly lines: readonly {
    readonly id: string;
    readonly quantity: number;
    readonly merchandise: {
      readonly type: 'variant';
      readonly id: string;
      readonly title: string;
      readonly product: { readonly id: string };
    };
    readonly attributes: readonly { readonly key: string; readonly value: string }[];
    readonly cost: { readonly totalAmount: Money };
    readonly discountAllocations: readonly Allocation[];
  }[];
  readonly allocations: readonly Allocation[];
  readonly codes: readonly { readonly code: string }[];
};

type TillDiscount = { readonly amount: number; readonly type: 'Code'; readonly discountDescription: string };

/** The cart at the till, as extensions of the counter see it; `refused`: why the last change was not made. */
export type TillState = {
  readonly refused: string | null;
  /** The line that the last change added. */
  readonly added: string | null;
  readonly cart: {
    readonly subtotal: string;
    readonly taxTotal: string;
    readonly grandTotal: string;
    readonly cartDiscounts: readonly TillDiscount[];
    readonly customer?: { readonly id: number };
    readonly lineItems: readonly {
      readonly uuid: string;
      readonly productId: number;
      readonly variantId: number;
      readonly properties: Readonly<Record<string, string>>;
      readonly title: string;
      readonly quantity: number;
      readonly price: number;
      readonly discounts: readonly TillDiscount[];
    }[];
  };
};
