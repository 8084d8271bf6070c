import type { BasicInput, BuyAndGetInput, CodeInput, ShippingInput } from './inputs';
import { decimal, minor, newNumber, nowOf, timeText, type Devstore, type Discount } from '../process/state';
import { collectionNode } from './catalogue';
import { itemsIn, itemsNode, wrongItems, type Wrong } from './discountItems';
import { connection, gid, numberOf, userError } from './nodes';

const statusOf = (store: Devstore, discount: Discount): string => {
  const now = nowOf(store);
  if (!discount.active || (discount.endsAt !== null && new Date(discount.endsAt) <= now)) return 'EXPIRED';
  return new Date(discount.startsAt) > now ? 'SCHEDULED' : 'ACTIVE';
};

/** A code as it is read. */
export const discountNode = (store: Devstore, discount: Discount) => ({
  id: gid('DiscountCodeNode', discount.id),
  codeDiscount: {
    __typename: typeOf(discount),
    title: discount.title,
    status: statusOf(store, discount),
    asyncUsageCount: discount.uses,
    tags: discount.tags,
    usageLimit: discount.usageLimit,
    codes: (args: object) =>
      connection(
        [{ id: gid('DiscountRedeemCode', discount.id), code: discount.code, asyncUsageCount: discount.uses }],
        args,
      ),
    context: {
      __typename: 'DiscountCustomers',
      customers: discount.customerIds.map((id) => ({ __typename: 'Customer', id: gid('Customer', id) })),
    },
    ...valueOf(store, discount),
  },
});

const typeOf = ({ shipping, buys }: Discount): string => {
  if (shipping !== null) return 'DiscountCodeFreeShipping';
  return buys === null ? 'DiscountCodeBasic' : 'DiscountCodeBxgy';
};

const valueOf = (store: Devstore, { amountMinor, percentage, shipping, items: given, buys }: Discount) => {
  const money = (amount: number) => ({ amount: decimal(amount), currencyCode: store.shop.currency });
  const items = itemsNode(given);
  if (buys !== null) {
    const collections = (args: object) =>
      connection(
        buys.collections.map((id) => ({ id: gid('Collection', id) })),
        args,
      );
    return {
      customerGets: { items, value: { __typename: 'DiscountOnQuantity' } },
      customerBuys: {
        value: { __typename: 'DiscountPurchaseAmount', amount: decimal(buys.amountMinor) },
        items: { __typename: 'DiscountCollections', collections },
      },
    };
  }
  if (shipping === null) {
    const amount = { __typename: 'DiscountAmount', amount: money(amountMinor), appliesOnEachItem: false };
    const value = percentage === null ? amount : { __typename: 'DiscountPercentage', percentage };
    return { customerGets: { items, value } };
  }
  return {
    maximumShippingPrice: shipping.maxRateMinor === null ? null : money(shipping.maxRateMinor),
    destinationSelection:
      shipping.countries.length === 0
        ? { __typename: 'DiscountCountryAll', allCountries: true }
        : { __typename: 'DiscountCountries', countries: shipping.countries, includeRestOfWorld: false },
  };
};

/** A code by its text, in whatever case. */
export const byCode = (store: Devstore, code: string): Discount | undefined =>
  [...store.discounts.values()].find((one) => one.code.toUpperCase() === code.toUpperCase());

/** `discountCodeBasicCreate` with the refusals Shopify gives. */
export const createBasic = (store: Devstore, input: BasicInput) => {
  const amount = input.customerGets?.value?.discountAmount?.amount;
  const percentage = input.customerGets?.value?.percentage ?? null;
  const isSomething = percentage === null ? minor(amount ?? '0') > 0 : percentage > 0 && percentage <= 1;
  const given = input.customerGets?.items;
  const items = itemsIn(given);
  return createCode(store, input, 'basicCodeDiscount', {
    value: { ...orderCode, amountMinor: minor(amount ?? '0'), percentage, items },
    wrong: !isSomething
      ? { field: 'customerGets', message: 'Value must be greater than 0', code: 'VALUE_OUTSIDE_RANGE' }
      : given?.all === true
        ? null
        : wrongItems(store, items),
  });
};

const orderCode = { amountMinor: 0, percentage: null, shipping: null, items: null, buys: null };

/** `discountCodeBxgyCreate` with the refusals Shopify gives. */
export const createBuyAndGet = (store: Devstore, input: BuyAndGetInput) => {
  const { customerBuys, customerGets, minimumRequirement } = input;
  const { quantity, effect } = customerGets?.value?.discountOnQuantity ?? {};
  if (quantity !== '1' || effect?.percentage !== 1 || input.usesPerOrderLimit !== 1 || minimumRequirement !== undefined)
    throw new Error('The devstore gives exactly one unit for nothing, once an order.');
  const items = itemsIn(customerGets?.items);
  if (items !== null && (items.of !== 'variant' || items.ids.length > 1))
    throw new Error('The devstore gives a unit of one variant only.');
  const amountMinor = minor(customerBuys?.value?.amount ?? '0');
  const collections = (customerBuys?.items?.collections?.add ?? []).map((id) => numberOf(id, 'Collection'));
  const isKnown = collections.length > 0 && collections.every((id) => collectionNode(store, id) !== null);
  const value = { ...orderCode, items, buys: { amountMinor, collections } };
  if (!isKnown) {
    const message = "Items in 'customer buys' must be defined";
    return createCode(store, input, 'bxgyCodeDiscount', {
      value,
      wrong: { field: 'customerBuys', message, code: 'BLANK' },
    });
  }
  return createCode(store, input, 'bxgyCodeDiscount', { value, wrong: wrongItems(store, items) });
};

/** `discountCodeFreeShippingCreate` with the refusals Shopify gives. */
export const createFreeShipping = (store: Devstore, input: ShippingInput) => {
  const { destination, maximumShippingPrice: rate } = input;
  const countries = destination?.countries?.add ?? [];
  const isSomewhere = destination?.all === true || countries.length > 0;
  return createCode(store, input, 'freeShippingCodeDiscount', {
    value: {
      ...orderCode,
      shipping: { maxRateMinor: rate === undefined ? null : minor(rate), countries },
    },
    wrong: isSomewhere ? null : { field: 'destination', message: "Destination can't be blank", code: 'BLANK' },
  });
};

type OwnPart = {
  readonly value: Pick<Discount, 'amountMinor' | 'percentage' | 'shipping' | 'items' | 'buys'>;
  readonly wrong: Wrong | null;
};

const createCode = (store: Devstore, input: CodeInput, argument: string, { value, wrong }: OwnPart) => {
  const field = (name: string): string[] => [argument, name];
  const refuse = (error: ReturnType<typeof userError>) => ({ codeDiscountNode: null, userErrors: [error] });
  const code = input.code ?? '';
  if (store.faults.refuseDiscount !== null)
    return refuse(userError(field('code'), store.faults.refuseDiscount, 'INVALID'));
  if (code === '') return refuse(userError(field('code'), "Code can't be blank", 'BLANK'));
  if ((input.title ?? '') === '') return refuse(userError(field('title'), "Title can't be blank", 'BLANK'));
  if (byCode(store, code) !== undefined)
    return refuse(userError(field('code'), 'Code must be unique. Please try a different code.', 'TAKEN'));
  if (wrong !== null) return refuse(userError(field(wrong.field), wrong.message, wrong.code));
  if (input.endsAt != null && new Date(input.endsAt) <= new Date(input.startsAt ?? 0))
    return refuse(userError(field('endsAt'), 'Ends at needs to be after starts_at', 'END_DATE_BEFORE_START_DATE'));
  const customerIds = (input.context?.customers?.add ?? []).map((id) => numberOf(id, 'Customer'));
  if (customerIds.some((id) => !store.customers.has(id)))
    return refuse(userError(field('context'), 'Customer does not exist', 'INVALID'));
  const id = newNumber(store);
  const least = input.minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  store.discounts.set(id, {
    id,
    code,
    customerIds,
    title: input.title ?? '',
    tags: input.tags ?? [],
    startsAt: input.startsAt ?? timeText(nowOf(store)),
    endsAt: input.endsAt ?? null,
    usageLimit: input.usageLimit ?? null,
    appliesOncePerCustomer: input.appliesOncePerCustomer ?? false,
    ...value,
    minimumMinor: least === undefined ? null : minor(least),
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false, ...input.combinesWith },
    active: true,
    uses: 0,
  });
  return { codeDiscountNode: { id: gid('DiscountCodeNode', id) }, userErrors: [] };
};

/** `discountCodeDeactivate`. */
export const deactivateDiscount = (store: Devstore, id: string) => {
  const discount = store.discounts.get(numberOf(id, 'DiscountCodeNode'));
  if (discount === undefined)
    return { codeDiscountNode: null, userErrors: [userError(['id'], 'Code discount does not exist.', 'INVALID')] };
  discount.active = false;
  return { codeDiscountNode: { id }, userErrors: [] };
};
