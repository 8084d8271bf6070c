import type { BonusRule } from '~/core/earning/bonusSchema';
import type { Policies } from '~/core/ledger/policies';
import type { Rate } from '~/core/earning/newRate';
import type { ProgramDocument } from '~/core/program/document';
import type { RewardConditions } from '~/core/rewards/conditions';
import type { RewardLines } from '~/core/rewards/lines';
import type { TierLevel, Tiers } from '~/core/tiers/section';
import type { LocalDays } from '~/core/values/fields';
import type { Icon } from '~/core/values/icons';
import type { LocalizedText } from '~/core/values/text';
import { formatNumber, type MessageKey } from './catalog';
import { formatPercent } from './format';
import { conditionsIn, effectIn } from './sentences/bonus';
import { conditionLabels, conditionIn } from './sentences/conditions/all';
import { channelsIn } from './sentences/conditions/channel';
import { dayIn, daysPhrase } from './sentences/days';
import { rateSentence } from './sentences/earning';
import { expiryIn } from './sentences/policies';
import { limitsIn } from './sentences/rewardConditions';
import { rewardLabels, rewardValues } from './sentences/rewards/all';
import { countIn, joined, listIn, pointsIn, tell, thingsIn, type SentenceSay } from './sentences/say';
import { keepIn, perksIn, windowIn } from './sentences/tiers';

type Path = readonly string[];

const below = <Of>(path: string, fields: Readonly<Record<string, Of>>): Readonly<Record<string, Of>> =>
  Object.fromEntries(Object.entries(fields).map(([field, of]) => [`${path}.${field}`, of]));

/** What people call a field, by its path; members of lists are stars. */
export const fieldLabels: Readonly<Record<string, MessageKey>> = {
  timeZone: 'field.timeZone',
  'names.program.*': 'program.names_program',
  'names.point.*': 'program.names_point',
  'names.points.*': 'program.names_points',
  'segments.*': 'field.segment',
  'segments.*.customerTags': 'field.segment.customerTags',
  'earning.paused': 'field.earning.paused',
  'earning.window': 'field.earning.window',
  'earning.rates.*': 'program.rate',
  'earning.rates.*.points': 'program.points_field',
  'earning.rates.*.amountMinor': 'program.amount_field',
  'earning.rounding': 'program.rounding',
  'earning.awardMoment': 'program.moment',
  'earning.holdDays': 'program.hold_days',
  'earning.includeTax': 'program.include_tax',
  'earning.includeShipping': 'program.include_shipping',
  'earning.caps.perOrder': 'field.caps.perOrder',
  'earning.caps.perDay': 'field.caps.perDay',
  'earning.caps.perMonth': 'field.caps.perMonth',
  'earning.caps.lifetime': 'field.caps.lifetime',
  'earning.exclude.productIds': 'field.exclude.productIds',
  'earning.exclude.collectionIds': 'field.exclude.collectionIds',
  'earning.exclude.productTags': 'field.exclude.productTags',
  'earning.exclude.productTypes': 'field.exclude.productTypes',
  'earning.exclude.vendors': 'field.exclude.vendors',
  'earning.exclude.saleItems': 'field.exclude.saleItems',
  'earning.exclude.channels': 'field.exclude.channels',
  'earning.exclude.customerTags': 'field.exclude.customerTags',
  'earning.bonuses.*': 'field.bonus',
  'earning.bonuses.*.enabled': 'program.reward_on',
  'earning.bonuses.*.effect': 'field.bonus.effect',
  'earning.bonuses.*.effect.basisPoints': 'field.bonus.effect.basisPoints',
  'earning.bonuses.*.effect.points': 'field.bonus.effect.points',
  'earning.bonuses.*.stacking': 'field.bonus.stacking',
  'earning.bonuses.*.conditions': 'field.bonus.conditions',
  ...below('earning.bonuses.*.conditions.*', conditionLabels),
  tiers: 'field.tiers',
  'tiers.metric': 'field.tiers.metric',
  'tiers.currency': 'field.tiers.currency',
  'tiers.window': 'field.tiers.window',
  'tiers.window.months': 'field.tiers.months',
  'tiers.keep': 'field.tiers.keep',
  'tiers.keep.months': 'field.tiers.months',
  'tiers.requalify': 'field.tiers.requalify',
  'tiers.graceDays': 'field.tiers.graceDays',
  'tiers.skippedRewards': 'field.tiers.skippedRewards',
  'tiers.levels': 'field.tiers',
  'tiers.levels.*': 'field.level',
  'tiers.levels.*.threshold': 'field.level.threshold',
  'tiers.levels.*.entryPoints': 'field.level.entryPoints',
  'tiers.levels.*.color': 'field.level.color',
  'tiers.levels.*.icon': 'field.level.icon',
  'tiers.levels.*.perks': 'field.level.perks',
  'tiers.levels.*.perks.*.basisPoints': 'field.bonus.effect.basisPoints',
  'look.accent': 'field.look.accent',
  'look.icon': 'field.look.icon',
  terms: 'field.terms',
  'redeeming.paused': 'field.redeeming.paused',
  'redeeming.lastDay': 'field.redeeming.lastDay',
  'rewards.*': 'program.reward',
  'rewards.*.description': 'field.reward.description',
  'rewards.*.tierIds': 'field.condition.tierIds',
  'rewards.*.segmentIds': 'field.condition.segmentIds',
  'rewards.*.window': 'field.reward.window',
  'rewards.*.window.from': 'program.first_day',
  'rewards.*.window.to': 'program.last_day',
  'rewards.*.limits': 'field.reward.limits',
  'rewards.*.limits.perMember.count': 'reward.limit_count',
  'rewards.*.limits.perMember.per': 'reward.limit_per',
  'rewards.*.limits.total': 'reward.limit_total',
  'rewards.*.enabled': 'program.reward_on',
  'rewards.*.points': 'program.reward_points',
  ...below('rewards.*', rewardLabels),
  'rewards.*.currency': 'field.reward.currency',
  'rewards.*.minimumSubtotalMinor': 'program.reward_minimum',
  'rewards.*.lines': 'field.reward.lines',
  'rewards.*.lines.productIds': 'program.condition_product',
  'rewards.*.lines.collectionIds': 'program.condition_collection',
  'rewards.*.validDays': 'program.reward_days',
  'rewards.*.combinesWith.orderDiscounts': 'field.reward.combinesWith.orderDiscounts',
  'rewards.*.combinesWith.productDiscounts': 'field.reward.combinesWith.productDiscounts',
  'rewards.*.combinesWith.shippingDiscounts': 'field.reward.combinesWith.shippingDiscounts',
  'policies.clawback': 'field.policies.clawback',
  'policies.returnSpentPoints': 'field.policies.returnSpentPoints',
  'policies.expiry': 'field.policies.expiry',
  'policies.expiry.day': 'field.policies.expiry.day',
  'policies.expiry.months': 'field.policies.expiry.months',
  'policies.expiry.endOfMonth': 'field.policies.expiry.endOfMonth',
  'policies.minimumLifeDays': 'field.policies.minimumLifeDays',
  'policies.graceDays': 'field.policies.graceDays',
  'policies.warningDays': 'field.policies.warningDays',
  'policies.contextFinalDays': 'field.policies.contextFinalDays',
  'policies.marginBasisPoints': 'field.policies.marginBasisPoints',
};

const lists = new Set(['rates', 'bonuses', 'conditions', 'segments', 'levels', 'perks', 'rewards']);

/** A path without the names of members of lists. */
export const generalPath = (path: Path): string =>
  path.map((part, index) => (index > 0 && lists.has(path[index - 1] ?? '') ? '*' : part)).join('.');

type Words = (value: never, say: SentenceSay, documents: readonly ProgramDocument[], path: Path) => string;

const tiersIn = (documents: readonly ProgramDocument[]): Tiers | null =>
  documents.flatMap(({ tiers }) => tiers ?? []).at(-1) ?? null;

const bonusIn = (documents: readonly ProgramDocument[], id: string | undefined): BonusRule | undefined =>
  documents.flatMap(({ earning }) => earning.bonuses.filter((bonus) => bonus.id === id)).at(-1);

const list = (value: readonly (string | number)[], say: SentenceSay): string => listIn(say, value.map(String));

const wholeBasis = 10_000;
const percent = (basisPoints: number, say: SentenceSay): string =>
  formatPercent(say.language, basisPoints / wholeBasis, 2);

const times = (basisPoints: number, { language }: SentenceSay): string =>
  `${formatNumber(language, basisPoints / wholeBasis)}×`;

const beginning = 60;
const beginningOf = (text: string): string =>
  text.length > beginning ? `${text.slice(0, beginning).trimEnd()} …` : text;

const quoted = (text: string, say: SentenceSay): string => tell(say, 'sentence.quoted', { text });

/** The words of values that are more than a number or a text of the merchant's. */
export const valueWords: Readonly<Record<string, Words>> = {
  'earning.rates.*': (rate: Rate, say) => rateSentence(rate, say).replace(/\.$/, ''),
  'earning.window': (days: LocalDays, say) => daysPhrase(days, say),
  'earning.rounding': (value: 'floor', say) => tell(say, `program.rounding_${value}`),
  'earning.awardMoment': (value: 'paid', say) => tell(say, `program.moment_${value}`),
  'earning.exclude.productIds': (ids: string[], say) => thingsIn(say, 'product', ids, 'sentence.products'),
  'earning.exclude.collectionIds': (ids: string[], say) => thingsIn(say, 'collection', ids, 'sentence.collections'),
  'earning.exclude.productTags': list,
  'earning.exclude.productTypes': list,
  'earning.exclude.vendors': list,
  'earning.exclude.channels': (names: string[], say) => channelsIn(names, say),
  'earning.exclude.customerTags': list,
  'earning.bonuses.*.effect': (effect: BonusRule['effect'], say, documents, path) =>
    effectIn({ effect, stacking: bonusIn(documents, path[2])?.stacking ?? 'exclusive' }, say),
  'earning.bonuses.*.effect.basisPoints': times,
  'earning.bonuses.*.conditions': (conditions: BonusRule['conditions'], say, documents) =>
    conditionsIn(conditions, say, groupsIn(documents)) || tell(say, 'value.always'),
  'earning.bonuses.*.stacking': (value: BonusRule['stacking'], say) => tell(say, `value.stacking_${value}`),
  'segments.*.customerTags': list,
  'tiers.metric': (value: Tiers['metric'], say) => tell(say, `value.metric_${value}`),
  'tiers.window': (value: Tiers['window'], say) => windowIn(value, say),
  'tiers.keep': (keep: Tiers['keep'], say, documents) =>
    keepIn({ keep, window: tiersIn(documents)?.window ?? { kind: 'lifetime' } }, say),
  'tiers.requalify': (value: Tiers['requalify'], say) => tell(say, `value.requalify_${value}`),
  'tiers.skippedRewards': (value: Tiers['skippedRewards'], say) => tell(say, `value.skipped_${value}`),
  'tiers.levels.*.entryPoints': (value: number, say) => pointsIn(say, value),
  'tiers.levels.*.perks': (perks: TierLevel['perks'], say) => joined(say.language, perksIn(perks, say)),
  'tiers.levels.*.perks.*.basisPoints': times,
  'look.accent': (color: string) => color,
  'look.icon': (icon: Icon, say) => tell(say, `icon.${icon}`),
  'tiers.levels.*.color': (color: string) => color,
  'tiers.levels.*.icon': (icon: Icon, say) => tell(say, `icon.${icon}`),
  terms: (text: LocalizedText, say) => quoted(beginningOf(text[say.language]), say),
  'redeeming.lastDay': (day: string, say) => dayIn(say, day),
  'rewards.*.description': (text: LocalizedText, say) => quoted(text[say.language], say),
  'rewards.*.tierIds': (ids: string[], say, documents) =>
    conditionIn({ kind: 'tier', tierIds: ids }, say, groupsIn(documents)),
  'rewards.*.segmentIds': (ids: string[], say, documents) =>
    conditionIn({ kind: 'segment', segmentIds: ids }, say, groupsIn(documents)),
  'rewards.*.window': (days: LocalDays, say) => daysPhrase(days, say),
  'rewards.*.lines': (lines: RewardLines, say) =>
    lines.kind === 'product'
      ? thingsIn(say, 'product', lines.productIds, 'sentence.products')
      : thingsIn(say, 'collection', lines.collectionIds, 'sentence.collections'),
  'rewards.*.limits': (limits: RewardConditions['limits'], say) =>
    limitsIn(limits, say).join(', ') || tell(say, 'program.value_none'),
  'policies.clawback': (value: Policies['clawback'], say) => tell(say, `value.clawback_${value}`),
  'policies.expiry': (value: Policies['expiry'], say) => expiryIn(value, say),
  'policies.warningDays': (days: number[], say) =>
    joined(
      say.language,
      days.map((day) => formatNumber(say.language, day)),
    ),
  ...below('rewards.*', rewardValues),
  'policies.marginBasisPoints': percent,
};

/** The tiers and segments by whose names rules are said: those of the newest document that has them. */
export const groupsIn = (documents: readonly ProgramDocument[]): Pick<ProgramDocument, 'tiers' | 'segments'> => ({
  tiers: tiersIn(documents),
  segments: documents.flatMap(({ segments }) => segments).reverse(),
});

/** What a tier asks for, as the measure has it. */
export const thresholdWords = (
  value: number,
  say: SentenceSay,
  documents: readonly ProgramDocument[],
): string | null => {
  const metric = tiersIn(documents)?.metric;
  if (metric === 'points') return pointsIn(say, value);
  return metric === 'orders' ? countIn(say, 'sentence.orders', value) : null;
};
