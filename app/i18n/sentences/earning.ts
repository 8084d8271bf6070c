import type { Rate } from '~/core/earning/newRate';
import type { EarningRules } from '~/core/earning/section';
import { excludes, type CapName, type ExclusionName, type Exclusions, type Segment } from '~/core/program/diff';
import type { Redeeming } from '~/core/redemptions/section';
import { channelsIn } from './conditions/channel';
import { dayIn, daysPhrase } from './days';
import { begun, countIn, listIn, moneyIn, pointsIn, tell, thingsIn, type SentenceSay } from './say';

/** "Every €1.00 earns 1 point." */
export const rateSentence = ({ points, amountMinor, currency }: Rate, say: SentenceSay): string =>
  tell(say, 'sentence.rate', { amount: moneyIn(say, amountMinor, currency), points: pointsIn(say, points) });

/** When points arrive, what of an order counts, how fractions are rounded; a sentence each. */
export const basisSentences = (earning: EarningRules, say: SentenceSay): readonly string[] => {
  const { paused, window, includeTax, includeShipping, rounding } = earning;
  const counted = includeTax ? (includeShipping ? 'tax_shipping' : 'tax') : includeShipping ? 'shipping' : 'neither';
  return [
    ...earningDaySentences({ paused, window }, say),
    arrivalSentence(earning, say),
    tell(say, `sentence.basis_${counted}`),
    tell(say, `sentence.rounding_${rounding}`),
  ];
};

/** "Points arrive when the order is paid, and can be spent after 14 days." */
export const arrivalSentence = ({ awardMoment, holdDays }: EarningRules, say: SentenceSay): string =>
  begun(say, countIn(say, `sentence.arrival_${awardMoment}`, holdDays, { points: say.names.points[say.language] }));

/** "At most 500 points an order." */
export const capSentence = (cap: CapName, points: number, say: SentenceSay): string =>
  tell(say, `sentence.cap_${cap}`, { points: pointsIn(say, points) });

// As their fields stand on the page: a document that was stored has its fields in the order of the alphabet.
const capOrder = ['perOrder', 'perDay', 'perMonth', 'lifetime'] as const satisfies readonly CapName[];

export const capSentences = (caps: EarningRules['caps'], say: SentenceSay): readonly string[] =>
  capOrder.flatMap((cap) => {
    const points = caps[cap];
    return points === null ? [] : [capSentence(cap, points, say)];
  });

// An exclusion without its words does not compile.
const excluded = {
  productIds: ({ productIds }, say) => thingsIn(say, 'product', productIds, 'sentence.products'),
  collectionIds: ({ collectionIds }, say) => thingsIn(say, 'collection', collectionIds, 'sentence.collections'),
  productTags: ({ productTags }, say) => listIn(say, productTags, true),
  productTypes: ({ productTypes }, say) => listIn(say, productTypes, true),
  vendors: ({ vendors }, say) => listIn(say, vendors, true),
  saleItems: () => '',
  channels: ({ channels }, say) => channelsIn(channels, say),
  customerTags: ({ customerTags }, say) => listIn(say, customerTags, true),
} satisfies Readonly<Record<ExclusionName, (exclude: Exclusions, say: SentenceSay) => string>>;

/** "No points on products tagged sample." */
export const exclusionSentence = (exclusion: ExclusionName, exclude: Exclusions, say: SentenceSay): string =>
  tell(say, `sentence.exclude_${exclusion}`, {
    points: say.names.points[say.language],
    names: excluded[exclusion](exclude, say),
  });

export const exclusionSentences = (exclude: Exclusions, say: SentenceSay): readonly string[] =>
  (Object.keys(excluded) as ExclusionName[])
    .filter((exclusion) => excludes(exclude[exclusion]))
    .map((exclusion) => exclusionSentence(exclusion, exclude, say));

const earningDaySentences = (
  { paused, window }: Pick<EarningRules, 'paused' | 'window'>,
  say: SentenceSay,
): readonly string[] => [
  ...(paused ? [tell(say, 'sentence.earning_paused')] : []),
  ...(window === null ? [] : [tell(say, 'sentence.earning_window', { when: daysPhrase(window, say) })]),
];

/** What is not as always: earning and rewards that are paused or have their days. */
export const seasonSentences = (
  earning: Pick<EarningRules, 'paused' | 'window'>,
  redeeming: Redeeming,
  say: SentenceSay,
): readonly string[] => [...earningDaySentences(earning, say), ...redeemingSentences(redeeming, say)];

/** Whether rewards are given at all, and until when. */
export const redeemingSentences = ({ paused, lastDay }: Redeeming, say: SentenceSay): readonly string[] => [
  ...(paused ? [tell(say, 'sentence.redeeming_paused')] : []),
  ...(lastDay === null ? [] : [tell(say, 'sentence.redeeming_last', { day: dayIn(say, lastDay) })]),
];

/** "VIP: customers tagged vip." */
export const segmentSentence = ({ name, customerTags }: Segment, say: SentenceSay): string =>
  tell(say, 'sentence.segment', { name: name[say.language], names: listIn(say, customerTags, true) });
