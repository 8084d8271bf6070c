import { randomBytes } from 'node:crypto';

/** The app as this shop knows it. */
export type AppRegistration = {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Where the app answers (through the reverse proxy). */
  readonly appUrl: string;
  readonly scopes: readonly string[];
  readonly proxy: { readonly prefix: string; readonly subpath: string; readonly url: string };
  readonly webhooks: readonly { readonly topic: string; readonly uri: string }[];
};

export type Product = {
  readonly id: number;
  readonly variantId: number;
  readonly handle: string;
  readonly title: string;
  readonly vendor: string;
  readonly collection: string;
  readonly priceMinor: number;
  readonly description: string;
  readonly color: string;
  /** What the shopper chooses by ("Size"), and what this variant is; left out: there is one variant without a name. */
  readonly option?: string;
  readonly variantTitle?: string;
  /** The product's further variants. */
  readonly variants?: readonly { readonly variantId: number; readonly title: string; readonly priceMinor: number }[];
};

export type Customer = {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  verifiedEmail: boolean;
  readonly tags: string[];
  readonly createdAt: string;
  updatedAt: string;
};

/** The things that a discount of products is for. */
export type DiscountItems = { readonly of: 'variant' | 'product' | 'collection'; readonly ids: readonly number[] };

export type Discount = {
  readonly id: number;
  readonly title: string;
  readonly code: string;
  readonly tags: readonly string[];
  readonly startsAt: string;
  readonly endsAt: string | null;
  readonly usageLimit: number | null;
  readonly appliesOncePerCustomer: boolean;
  readonly customerIds: readonly number[];
  /** Taken off the order or the items; 0 of a shipping code and of a percentage. */
  readonly amountMinor: number;
  /** A fraction of 1 taken off the order or the items; null: it is no percentage. */
  readonly percentage: number | null;
  /** Of a shipping code: up to which rate it is free, and to which countries (none: all). null: it is none. */
  readonly shipping: { readonly maxRateMinor: number | null; readonly countries: readonly string[] } | null;
  /** What it takes something off; null: the order, or the shipping. */
  readonly items: DiscountItems | null;
  /** What has to be bought for it beside its variant, from which collections: then one unit is free. null: nothing. */
  readonly buys: { readonly amountMinor: number; readonly collections: readonly number[] } | null;
  readonly minimumMinor: number | null;
  readonly combinesWith: {
    readonly orderDiscounts: boolean;
    readonly productDiscounts: boolean;
    readonly shippingDiscounts: boolean;
  };
  active: boolean;
  uses: number;
};

export type GiftCard = {
  readonly id: number;
  readonly code: string;
  readonly customerId: number | null;
  readonly note: string | null;
  readonly initialMinor: number;
  /** The last day on which it can be spent (yyyy-mm-dd); null: no end. */
  readonly expiresOn: string | null;
  readonly createdAt: string;
  balanceMinor: number;
};

export type CreditTransaction = {
  readonly id: number;
  readonly kind: 'credit' | 'debit';
  readonly minor: number;
  /** Of a credit: what was not spent of it, and until when it can be. */
  remainingMinor: number;
  readonly expiresAt: string | null;
  readonly createdAt: string;
  readonly event: 'ADJUSTMENT' | 'ORDER_PAYMENT' | 'ORDER_REFUND';
};
/** The account of a customer in the shop's currency. */
export type CreditAccount = { readonly id: number; readonly transactions: CreditTransaction[] };

/** What an order was paid with beside the shopper's bank. */
export type Payment =
  | { readonly kind: 'gift_card'; readonly giftCardId: number; readonly minor: number }
  | { readonly kind: 'store_credit'; readonly customerId: number; readonly minor: number };

/** An order as Shopify's webhooks carry it. Kept in that form; everything else is derived from it. */
export type OrderPayload = Record<string, unknown> & {
  id: number;
  name: string;
  created_at: string;
  processed_at: string;
  updated_at: string;
  cancelled_at: string | null;
  financial_status: string;
  fulfillment_status: string | null;
  line_items: LinePayload[];
  shipping_lines: ShippingPayload[];
  refunds: RefundPayload[];
  discount_codes: { code: string; amount: string; type: string }[];
  discount_applications: Record<string, unknown>[];
  customer: (Record<string, unknown> & { id: number; email: string }) | null;
};
export type MoneySet = {
  shop_money: { amount: string; currency_code: string };
  presentment_money: { amount: string; currency_code: string };
};
export type Allocation = { amount: string; amount_set: MoneySet; discount_application_index: number };
export type TaxLine = { price: string; price_set: MoneySet; rate: number; title: string; channel_liable: boolean };
export type LinePayload = Record<string, unknown> & {
  id: number;
  product_id: number | null;
  variant_id: number | null;
  title: string;
  vendor: string | null;
  quantity: number;
  current_quantity: number;
  gift_card: boolean;
  price: string;
  price_set: MoneySet;
  tax_lines: TaxLine[];
  discount_allocations: Allocation[];
};
export type ShippingPayload = Record<string, unknown> & {
  id: number;
  price_set: MoneySet;
  tax_lines: TaxLine[];
  discount_allocations: Allocation[];
};
export type RefundPayload = Record<string, unknown> & {
  id: number;
  order_id: number;
  created_at: string;
  processed_at: string;
  refund_line_items: {
    id: number;
    line_item_id: number;
    quantity: number;
    subtotal_set: MoneySet;
    total_tax_set: MoneySet;
  }[];
  order_adjustments: { id: number; kind: string; reason: string; amount_set: MoneySet; tax_amount_set: MoneySet }[];
  refund_shipping_lines: { id: number; subtotal_amount_set: MoneySet; shipping_line: ShippingPayload }[];
};

export type Cart = {
  readonly token: string;
  lines: { readonly variantId: number; quantity: number; readonly properties?: Readonly<Record<string, string>> }[];
  codes: string[];
  /** Gift cards that are to pay for it. */
  giftCardIds?: number[];
  /** Store credit of whoever is signed in is to pay for it. */
  withCredit?: boolean;
};
export type BulkOperation = {
  readonly id: number;
  status: string;
  objects: number;
  rootObjects: number;
  url: string | null;
  file: string;
};

/** Shipping at no cost without a code, for the customers of a segment. */
export type AutomaticShipping = {
  readonly id: number;
  readonly title: string;
  readonly tags: readonly string[];
  readonly segmentIds: readonly number[];
  readonly minimumMinor: number | null;
  readonly maxRateMinor: number | null;
};
/** A block of the app in the theme: in which template it stands; `settings`: in every page. */
export type ThemeBlock = { readonly template: string; readonly handle: string; disabled: boolean };
export type Segment = { readonly id: number; readonly name: string; readonly query: string };

/** What may be made to go wrong, each for the next so many calls. */
export type Faults = {
  throttle: number;
  serverError: number;
  loseAnswer: number;
  refuseToken: number;
  refuseDiscount: string | null;
};
export type DeliverySwitches = { duplicate: number; reverse: boolean; delayMs: number; loseEvery: number };

export type Devstore = {
  readonly shop: {
    readonly domain: string;
    readonly name: string;
    readonly currency: string;
    readonly timeZone: string;
    readonly taxRate: number;
  };
  readonly app: AppRegistration;
  readonly products: Product[];
  /** Variants that nobody can buy at the moment. */
  readonly soldOut: Set<number>;
  readonly customers: Map<number, Customer>;
  readonly orders: Map<number, OrderPayload>;
  readonly discounts: Map<number, Discount>;
  readonly automatics: Map<number, AutomaticShipping>;
  readonly segments: Map<number, Segment>;
  /** The app's blocks in the live theme. */
  readonly themeBlocks: ThemeBlock[];
  readonly giftCards: Map<number, GiftCard>;
  /** What orders were paid with, and what of it went back, by the order. */
  readonly payments: Map<number, Payment[]>;
  /** What the merchant has switched on, and up to which sum. */
  readonly giving: {
    giftCards: boolean;
    giftCardLimitMinor: number;
    storeCredit: boolean;
    storeCreditLimitMinor: number;
  };
  readonly creditAccounts: Map<number, CreditAccount>;
  /** "ownerGid|namespace|key" → JSON text. */
  readonly metafields: Map<string, { readonly type: string; readonly value: string }>;
  readonly carts: Map<string, Cart>;
  readonly sessions: Map<string, { customerId: number | null; cartToken: string; locale: string }>;
  readonly accessTokens: Map<string, { readonly expiresAt: number }>;
  readonly refreshTokens: Map<string, { readonly expiresAt: number }>;
  readonly bulkOperations: Map<number, BulkOperation>;
  readonly deliveries: { readonly topic: string; readonly status: number }[];
  readonly faults: Faults;
  readonly switches: DeliverySwitches;
  /** The origin of this stand-in, once it listens. */
  origin: string;
  clockOffsetMs: number;
  nextNumber: number;
  nextOrderNumber: number;
  throttle: { available: number; at: number };
  installed: boolean;
  /** Whether the merchant has placed the app's blocks in the theme. */
  hasBlocks: boolean;
};

export const createDevstore = (
  app: AppRegistration,
  shop: Partial<Pick<Devstore['shop'], 'currency' | 'timeZone'>> = {},
): Devstore => ({
  shop: {
    domain: 'fidelio-demo.myshopify.com',
    name: 'Bottega Aurora',
    currency: 'EUR',
    timeZone: 'Europe/Rome',
    taxRate: 0.22,
    ...shop,
  },
  app,
  products: [],
  soldOut: new Set(),
  customers: new Map(),
  orders: new Map(),
  discounts: new Map(),
  automatics: new Map(),
  segments: new Map(),
  themeBlocks: [
    { template: 'settings', handle: 'launcher', disabled: false },
    { template: 'index', handle: 'balance', disabled: false },
    { template: 'product', handle: 'product-points', disabled: false },
    { template: 'cart', handle: 'cart-rewards', disabled: false },
    { template: 'cart', handle: 'nudge', disabled: false },
    { template: 'page', handle: 'loyalty-page', disabled: false },
    { template: 'page', handle: 'history', disabled: false },
  ],
  giftCards: new Map(),
  payments: new Map(),
  giving: {
    giftCards: true,
    giftCardLimitMinor: 200_000 * leastSum(shop.currency ?? 'EUR'),
    storeCredit: true,
    storeCreditLimitMinor: 1_500_000 * leastSum(shop.currency ?? 'EUR'),
  },
  creditAccounts: new Map(),
  metafields: new Map(),
  carts: new Map(),
  sessions: new Map(),
  accessTokens: new Map(),
  refreshTokens: new Map(),
  bulkOperations: new Map(),
  deliveries: [],
  faults: { throttle: 0, serverError: 0, loseAnswer: 0, refuseToken: 0, refuseDiscount: null },
  switches: { duplicate: 0, reverse: false, delayMs: 0, loseEvery: 0 },
  origin: '',
  clockOffsetMs: 0,
  nextNumber: 7_000_000_000_001,
  nextOrderNumber: 1001,
  throttle: { available: 20_000, at: Date.now() },
  installed: true,
  hasBlocks: true,
});

export const nowOf = (store: Devstore): Date => new Date(Date.now() + store.clockOffsetMs);
export const newNumber = (store: Devstore): number => store.nextNumber++;
export const newToken = (): string => randomBytes(16).toString('hex');

/** A time as Shopify writes it: the shop's zone left aside, whole seconds, with its offset. */
export const timeText = (moment: Date): string => moment.toISOString().replace(/\.\d{3}Z$/, '+00:00');

/** The smallest sum of the shop's money, in the hundredths in which Shopify counts all money: one yen is 100. */
export const leastSum = (currency: string): number => (withoutParts.has(currency) ? 100 : 1);
const withoutParts = new Set(['JPY', 'KRW']);

/** A sum as it can be paid. */
export const payable = (currency: string, sum: number): number => {
  const least = leastSum(currency);
  return Math.round(sum / least) * least;
};

export const decimal = (minor: number): string =>
  `${minor < 0 ? '-' : ''}${Math.floor(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`;
export const minor = (text: string): number => Math.round(Number(text) * 100);
export const moneySet = (store: Devstore, amount: number): MoneySet => {
  const money = { amount: decimal(amount), currency_code: store.shop.currency };
  return { shop_money: money, presentment_money: { ...money } };
};
