import { hasCode, hasLines, type Reward, type RewardKind } from '~/core/rewards/section';
import type { MessageKey } from '../../catalog';
import { conditionIn } from '../conditions/all';
import type { Groups } from '../conditions/words';
import { rewardConditionsIn } from '../rewardConditions';
import { begun, moneyIn, tell, thingsIn, type SentenceSay } from '../say';
import { amountOff } from './amountOff';
import { chosenAmountOff } from './chosenAmountOff';
import { donation } from './donation';
import { experience } from './experience';
import { freeProduct } from './freeProduct';
import { freeShipping } from './freeShipping';
import { giftCard } from './giftCard';
import { partner } from './partner';
import { percentOff } from './percentOff';
import { poolCode } from './poolCode';
import { storeCredit } from './storeCredit';
import type { RewardWords, ValueWords } from './words';

// A reward kind without its words does not compile.
const words = {
  amount_off: amountOff,
  chosen_amount_off: chosenAmountOff,
  percent_off: percentOff,
  free_shipping: freeShipping,
  free_product: freeProduct,
  gift_card: giftCard,
  store_credit: storeCredit,
  donation,
  experience,
  pool_code: poolCode,
  partner,
} satisfies { readonly [Kind in RewardKind]: RewardWords<Kind> };

// The cast says what the type system cannot: the words of a kind take its rewards.
const wordsOf = (kind: RewardKind): RewardWords<RewardKind> => words[kind] as unknown as RewardWords<RewardKind>;
const all = (Object.keys(words) as RewardKind[]).map(wordsOf);

type Labels = Readonly<Record<string, MessageKey>>;
type Values = Readonly<Record<string, ValueWords>>;

/** What people call the fields of rewards that not every kind has. */
export const rewardLabels = Object.assign({}, ...all.map(({ fields }) => fields)) as Labels;

/** The words of values of such fields. */
export const rewardValues = Object.assign({}, ...all.map(({ values }) => values ?? {})) as Values;

const minimumIn = (reward: Reward, say: SentenceSay): readonly string[] => {
  if (!hasCode(reward) || reward.minimumSubtotalMinor === null) return [];
  const amount = moneyIn(say, reward.minimumSubtotalMinor, reward.currency);
  if (reward.kind !== 'free_product') {
    const isOfThese = hasLines(reward) && reward.lines !== null;
    return [tell(say, isOfThese ? 'sentence.reward_minimum_lines' : 'sentence.reward_minimum', { amount })];
  }
  const names =
    reward.collectionIds.length === 0
      ? tell(say, 'sentence.collections_open')
      : thingsIn(say, 'collection', reward.collectionIds, 'sentence.collections');
  return [tell(say, 'sentence.reward_minimum_of', { amount, names })];
};

/** "500 points for €5.00 off, from a cart of €30.00." */
export const rewardSentence = (reward: Reward, say: SentenceSay, groups: Groups): string => {
  const parts = [
    ...wordsOf(reward.kind).phrases(reward, say),
    ...(hasLines(reward) && reward.lines !== null ? [conditionIn(reward.lines, say, groups)] : []),
    ...minimumIn(reward, say),
    ...rewardConditionsIn(reward, say, groups),
  ];
  const sentence = parts.join(', ');
  // What is left open at the end has its dots already.
  return begun(say, sentence.endsWith('…') ? sentence : `${sentence}.`);
};
