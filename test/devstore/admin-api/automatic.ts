import { decimal, minor, newNumber, type AutomaticShipping, type Devstore } from '../process/state';
import type { ShippingInput } from './inputs';
import { connection, gid, numberOf, userError } from './nodes';

// Shopify runs so many automatic discounts at a time.
const automaticMost = 25;

type AutomaticInput = Omit<ShippingInput, 'context'> & {
  context?: { customerSegments?: { add?: string[] } };
};

const inMoney = (store: Devstore, amount: number | null) =>
  amount === null ? null : { amount: decimal(amount), currencyCode: store.shop.currency };

const node = (store: Devstore, offer: AutomaticShipping) => ({
  __typename: 'DiscountNode',
  id: gid('DiscountAutomaticNode', offer.id),
  discount: {
    __typename: 'DiscountAutomaticFreeShipping',
    title: offer.title,
    status: 'ACTIVE',
    tags: offer.tags,
    maximumShippingPrice: inMoney(store, offer.maxRateMinor),
    minimumRequirement:
      offer.minimumMinor === null
        ? null
        : {
            __typename: 'DiscountMinimumSubtotal',
            greaterThanOrEqualToSubtotal: inMoney(store, offer.minimumMinor),
          },
    context: {
      __typename: 'DiscountCustomerSegments',
      segments: offer.segmentIds.map((id) => ({ id: gid('Segment', id) })),
    },
  },
});

const create = (store: Devstore, input: AutomaticInput) => {
  const refuse = (field: string, message: string, code: string) => ({
    automaticDiscountNode: null,
    userErrors: [userError(['freeShippingAutomaticDiscount', field], message, code)],
  });
  if ((input.title ?? '') === '') return refuse('title', "Title can't be blank", 'BLANK');
  if (input.destination?.all !== true) return refuse('destination', "Destination can't be blank", 'BLANK');
  if (store.automatics.size >= automaticMost)
    return refuse('base', 'You have reached the maximum number of active automatic discounts', 'MAX_APP_DISCOUNTS');
  const segmentIds = (input.context?.customerSegments?.add ?? []).map((id) => numberOf(id, 'Segment'));
  if (segmentIds.some((id) => !store.segments.has(id)))
    return refuse('context', 'Customer segment does not exist', 'INVALID');
  const id = newNumber(store);
  const least = input.minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  store.automatics.set(id, {
    id,
    title: input.title ?? '',
    tags: input.tags ?? [],
    segmentIds,
    minimumMinor: least === undefined ? null : minor(least),
    maxRateMinor: input.maximumShippingPrice === undefined ? null : minor(input.maximumShippingPrice),
  });
  return { automaticDiscountNode: { id: gid('DiscountAutomaticNode', id) }, userErrors: [] };
};

const remove = (store: Devstore, id: string) => {
  const isKnown = store.automatics.delete(numberOf(id, 'DiscountAutomaticNode'));
  return {
    deletedAutomaticDiscountId: isKnown ? id : null,
    userErrors: isKnown ? [] : [userError(['id'], 'Automatic discount does not exist.', 'INVALID')],
  };
};

const createSegment = (store: Devstore, { name, query }: { name: string; query: string }) => {
  const refuse = (field: string, message: string) => ({ segment: null, userErrors: [{ field: [field], message }] });
  if (!/^customer_tags CONTAINS '[^']+'$/.test(query)) return refuse('query', 'Query is invalid');
  if ([...store.segments.values()].some((one) => one.name === name))
    return refuse('name', 'Name has already been taken');
  const id = newNumber(store);
  store.segments.set(id, { id, name, query });
  return { segment: { id: gid('Segment', id), name, query }, userErrors: [] };
};

/** Automatic discounts on shipping, and segments of customers: of the discounts only those that need no code. */
export const automaticRoot = (store: Devstore) => ({
  discountNodes: ({ query, ...args }: { query?: string; first?: number }) => {
    if (query !== 'method:automatic') throw new Error(`The devstore cannot list discounts by ${query}.`);
    return connection(
      [...store.automatics.values()].map((one) => node(store, one)),
      args,
    );
  },
  segments: (args: object) =>
    connection(
      [...store.segments.values()].map(({ id, name, query }) => ({ id: gid('Segment', id), name, query })),
      args,
    ),
  customerSegmentMembers: ({ query, ...args }: { query?: string; first?: number }) => {
    const tag = /^customer_tags CONTAINS '([^']+)'$/.exec(query ?? '')?.[1];
    if (tag === undefined) throw new Error(`The devstore cannot list the customers of ${query}.`);
    const carriers = [...store.customers.values()].filter(({ tags }) => tags.includes(tag));
    return connection(
      carriers.map(({ id }) => ({ id: gid('CustomerSegmentMember', id) })),
      args,
    );
  },
  segmentCreate: (wish: { name: string; query: string }) => createSegment(store, wish),
  discountAutomaticFreeShippingCreate: (wish: { freeShippingAutomaticDiscount: AutomaticInput }) =>
    create(store, wish.freeShippingAutomaticDiscount),
  discountAutomaticDelete: ({ id }: { id: string }) => remove(store, id),
});
