import type { Condition, ConditionKind } from '~/core/earning/conditions/all';
import type { MessageKey } from '../../catalog';
import type { SentenceSay } from '../say';
import { channel } from './channel';
import { collection } from './collection';
import { dates } from './dates';
import { hours } from './hours';
import { minimumSpend } from './minimumSpend';
import { orderNumber } from './orderNumber';
import { product } from './product';
import { productTag } from './productTag';
import { productType } from './productType';
import { segment } from './segment';
import { store } from './store';
import { tier } from './tier';
import { vendor } from './vendor';
import { weekday } from './weekday';
import type { ConditionWords, Groups } from './words';

// A condition without its words does not compile.
const words = {
  product,
  collection,
  product_tag: productTag,
  product_type: productType,
  vendor,
  tier,
  segment,
  order_number: orderNumber,
  channel,
  store,
  weekday,
  hours,
  dates,
  minimum_spend: minimumSpend,
} satisfies { readonly [Kind in ConditionKind]: ConditionWords<Kind> };

/** A condition as a part of a sentence: "at weekends", "for Gold". */
export const conditionIn = (condition: Condition, say: SentenceSay, groups: Groups): string =>
  (words[condition.kind] as unknown as ConditionWords<ConditionKind>).phrase(condition, say, groups);

type Labels = Readonly<Record<string, MessageKey>>;

/** What people call the fields of conditions. */
export const conditionLabels = Object.assign({}, ...Object.values(words).map(({ fields }) => fields)) as Labels;
