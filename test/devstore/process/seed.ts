import { placeOrder, refundOrder } from '../checkout/orders';
import { leastSum, newNumber, nowOf, timeText, type Customer, type Devstore, type Product } from './state';

/** Mulberry32: the same seed gives the same shop. */
const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const catalogue = [
  [
    'Olio extravergine “Aurora”',
    'Frantoio Belvedere',
    'pantry',
    1890,
    '#7a8b3c',
    'Cold-pressed in October, five hundred millilitres.',
  ],
  ['Pasta di Gragnano', 'Pastificio Moro', 'pantry', 450, '#d9a441', 'Bronze-drawn spaghetti, slowly dried.'],
  [
    'Miele di castagno',
    'Apiario Valdera',
    'pantry',
    1250,
    '#8a5a2b',
    'Dark, a little bitter, from the hills above Lucca.',
  ],
  ['Caffè “Notte”', 'Torrefazione Sole', 'pantry', 990, '#4a3428', 'Whole beans, medium roast.'],
  ['Tazza in ceramica', 'Bottega Aurora', 'home', 2400, '#5b7f95', 'Thrown and glazed by hand.'],
  ['Tovaglia di lino', 'Tessitura Alba', 'home', 6900, '#b9a58c', 'Washed linen, 150 × 250 cm.'],
  ['Grembiule', 'Tessitura Alba', 'home', 3900, '#6d6875', 'Heavy cotton with two pockets.'],
  ['Candela al fico', 'Officina Lume', 'home', 2800, '#6a8d73', 'Forty hours of fig tree.'],
  ['Sapone alla lavanda', 'Officina Lume', 'care', 790, '#8e7cc3', 'Olive oil soap, one hundred grams.'],
  ['Crema mani', 'Officina Lume', 'care', 1490, '#c27d78', 'With sweet almond oil.'],
  ['Cesto regalo', 'Bottega Aurora', 'gifts', 8900, '#8a3b2a', 'A basket with the best of the shop.'],
  ['Quaderno', 'Legatoria Fini', 'gifts', 1650, '#33658a', 'Hand-bound, marbled cover.'],
] as const;

/** Products of which there is more than one, by handle: what one chooses by, the first variant, and the others. */
const furtherVariants: Readonly<Record<string, Pick<Product, 'option' | 'variantTitle' | 'variants'>>> = {
  'olio-extravergine-aurora': {
    option: 'Formato',
    variantTitle: '500 ml',
    variants: [
      { variantId: 8_100_000_000_001, title: '1 l', priceMinor: 3290 },
      { variantId: 8_100_000_000_002, title: '3 l', priceMinor: 8400 },
    ],
  },
  'caffe-notte': {
    option: 'Peso',
    variantTitle: '250 g',
    variants: [{ variantId: 8_100_000_000_003, title: '1 kg', priceMinor: 3450 }],
  },
};

const variantsIn = (store: Devstore, further: (typeof furtherVariants)[string] | undefined) =>
  further === undefined
    ? {}
    : {
        ...further,
        variants:
          further.variants?.map((one) => ({ ...one, priceMinor: one.priceMinor * leastSum(store.shop.currency) })) ??
          [],
      };

const firstNames = [
  'Giulia',
  'Marco',
  'Francesca',
  'Luca',
  'Chiara',
  'Matteo',
  'Sofia',
  'Andrea',
  'Elena',
  'Davide',
  'Anna',
  'Paolo',
  'Lukas',
  'Claire',
  'Lucía',
  'Emma',
];
const lastNames = [
  'Rossi',
  'Bianchi',
  'Romano',
  'Greco',
  'Conti',
  'Ricci',
  'Marino',
  'Gallo',
  'Costa',
  'Fontana',
  'Moretti',
  'Weber',
  'Dubois',
  'García',
  'Smith',
];

const dayMs = 86_400_000;

export type SeedOptions = { readonly customers: number; readonly seed: number };

/**
 * A shop with products, customers and twelve months of orders. Customers buy at exponential intervals
 * with a rate of their own (gamma) and leave for good with a probability of their own after each order: the
 * model behind BG/NBD. No order in the last two days, so that a visitor's own stand out.
 */
export const seedShop = (store: Devstore, { customers, seed }: SeedOptions): void => {
  const random = randomFrom(seed);
  for (const [title, vendor, collection, priceMinor, color, description] of catalogue) {
    const handle = title
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
    store.products.push({
      id: newNumber(store),
      variantId: newNumber(store),
      handle,
      title,
      vendor,
      collection,
      priceMinor: priceMinor * leastSum(store.shop.currency),
      description,
      color,
      ...variantsIn(store, furtherVariants[handle]),
    });
  }
  const start = nowOf(store).getTime() - 365 * dayMs;
  const end = nowOf(store).getTime() - 2 * dayMs;
  const purchases: { readonly customer: Customer; readonly at: number }[] = [];
  for (let index = 0; index < customers; index += 1) {
    const customer = makeCustomer(store, index, random, start);
    const ratePerDay = (0.3 - Math.log(1 - random()) - Math.log(1 - random())) / 90;
    const leaves = 0.05 + random() * 0.25;
    let at = start + random() * 300 * dayMs;
    while (at < end) {
      purchases.push({ customer, at });
      if (random() < leaves) break;
      at += (-Math.log(1 - random()) / ratePerDay) * dayMs;
    }
  }
  for (const { customer, at } of purchases.sort((a, b) => a.at - b.at)) buy(store, customer, new Date(at), random);
};

const makeCustomer = (store: Devstore, index: number, random: () => number, since: number): Customer => {
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const [firstName, lastName] = index === 0 ? ['Giulia', 'Rossi'] : [pick(firstNames), pick(lastNames)];
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(/[^a-z]/g, '');
  const customer: Customer = {
    id: newNumber(store),
    firstName,
    lastName,
    verifiedEmail: true,
    tags: [],
    createdAt: timeText(new Date(since)),
    updatedAt: timeText(new Date(since)),
    email: `${plain(firstName)}.${plain(lastName)}${index === 0 ? '' : index}@example.com`,
  };
  store.customers.set(customer.id, customer);
  return customer;
};

const buy = (store: Devstore, customer: Customer, at: Date, random: () => number): void => {
  const count = 1 + Math.floor(random() * 3);
  const lines = Array.from({ length: count }, () => store.products[Math.floor(random() * store.products.length)])
    .flatMap((product) => (product === undefined ? [] : [product]))
    .filter((product, index, all) => all.indexOf(product) === index)
    .map((product) => ({ product, quantity: 1 + Math.floor(random() * 2) }));
  const shippingMinor = 590 * leastSum(store.shop.currency);
  const order = placeOrder(store, { lines, customer, email: customer.email, shippingMinor, discounts: [], at });
  const [line] = order.line_items;
  if (random() < 0.05 && line !== undefined) {
    refundOrder(store, order.id, { lines: [{ lineId: line.id, quantity: 1 }] });
    const later = timeText(new Date(at.getTime() + 3 * dayMs));
    order.updated_at = later;
    for (const refund of order.refunds) refund.created_at = refund.processed_at = later;
  }
};
