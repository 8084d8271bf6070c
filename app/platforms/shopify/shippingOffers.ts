import type { ShippingOffer } from '~/core/tiers/shippingOffers';
import { decimalOf } from '~/core/values/money';
import { ok, type Result } from '~/core/values/result';
import type { LocalizedText } from '~/core/values/text';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from './adminClient';
import { createSegment } from './operations/createSegment';
import { createShippingOffer } from './operations/createShippingOffer';
import { deleteShippingOffer } from './operations/deleteShippingOffer';
import { carriersOf } from './operations/listSegmentMembers';
import { offerTag, ourTag, readShippingOffers, type KnownOffer } from './operations/readShippingOffers';

/**
 * Sees to it that exactly these offers hold: each an automatic discount for a segment, the customers who carry the
 * offer's tag. One that is there as it should be stays; one that differs is replaced, the new one first, so that
 * nobody goes without.
 */
export const keepShippingOffers = async (
  client: AdminClient,
  wanted: readonly ShippingOffer[],
): Promise<Result<null, PlatformFailure>> => {
  const read = await readShippingOffers(client);
  if (!read.ok) return read;
  const { offers, segments, language } = read.value;
  const staying = new Set<KnownOffer>();
  for (const offer of wanted) {
    const query = carriersOf(offer.mark);
    const segmentId = segments.get(query) ?? null;
    const title = titleIn(offer.name, language);
    const same = offers.find((known) => segmentId !== null && isSame(known, offer, segmentId, title));
    if (same !== undefined) {
      staying.add(same);
      continue;
    }
    const segment = segmentId === null ? await createSegment(client, `Fidelio · ${offer.mark}`, query) : ok(segmentId);
    if (!segment.ok) return segment;
    const made = await createShippingOffer(client, inputOf(offer, segment.value, title));
    if (!made.ok) return made;
  }
  for (const known of offers) {
    if (staying.has(known)) continue;
    const gone = await deleteShippingOffer(client, known.id);
    if (!gone.ok) return gone;
  }
  return ok(null);
};

// Shoppers read it at the checkout: in the language of the shop's main address, else in English.
const titleIn = (name: LocalizedText, locale: string | null): string => {
  const language = (locale ?? 'en').slice(0, 2);
  return (Object.entries(name).find(([known]) => known === language)?.[1] ?? name.en).trim() || name.en;
};

const decimalsOf = ({ minimumSubtotalMinor: minimum, maxRateMinor: rate, currency }: ShippingOffer) => ({
  minimum: minimum === null ? null : decimalOf(minimum, currency),
  maxRate: rate === null ? null : decimalOf(rate, currency),
});

const isSame = (known: KnownOffer, offer: ShippingOffer, segmentId: string, title: string): boolean => {
  const { minimum, maxRate } = decimalsOf(offer);
  return (
    known.title === title &&
    known.tags.includes(offerTag(offer.mark)) &&
    known.segmentIds.length === 1 &&
    known.segmentIds[0] === segmentId &&
    known.minimum === minimum &&
    known.maxRate === maxRate
  );
};

const inputOf = (offer: ShippingOffer, segmentId: string, title: string): Readonly<Record<string, unknown>> => {
  const { minimum, maxRate } = decimalsOf(offer);
  return {
    title,
    tags: [ourTag, offerTag(offer.mark)],
    // It holds until it is taken away; in the past, whatever the two clocks say.
    startsAt: '2020-01-01T00:00:00Z',
    context: { customerSegments: { add: [segmentId] } },
    destination: { all: true },
    combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: false },
    ...(minimum === null ? {} : { minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: minimum } } }),
    ...(maxRate === null ? {} : { maximumShippingPrice: maxRate }),
  };
};
