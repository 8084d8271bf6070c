import { z } from 'zod';
import { thingIds } from '../rewards/fields';
import { hasVariants, type Reward, type RewardWithVariants } from '../rewards/section';
import { documentId } from '../values/fields';
import { tongues } from '../values/text';
import type { ProgramDocument } from './document';
import { templateDocument, templateIds, type TemplateShop } from './templates';

const name = z.string().trim().max(60);

/**
 * What a merchant chooses before the program begins: a template, what points are called in their own language, and the
 * products of rewards that the template leaves open.
 */
export const firstRunSchema = z.object({
  template: z.enum(templateIds).default('simple'),
  language: z.enum(tongues),
  /** One point, and several; empty while it is being written. */
  point: name,
  points: name,
  /** By the id of a reward that the template leaves open: the variants of the shop that members choose from. */
  variantIds: z.record(documentId, thingIds()).optional(),
});

export type FirstRun = z.infer<typeof firstRunSchema>;

/** What a template leaves open: rewards for which a product has to be chosen first. */
export const openRewards = (document: ProgramDocument): readonly RewardWithVariants[] =>
  document.rewards.filter(hasVariants).filter(({ variantIds }) => variantIds.length === 0);

/** The program that these choices make. It is valid when both names are there. */
export const firstDocument = (
  { template, language, point, points, variantIds = {} }: FirstRun,
  shop: TemplateShop,
): ProgramDocument => {
  const document = templateDocument(template, shop);
  const { names } = document;
  return {
    ...document,
    names: {
      ...names,
      point: { ...names.point, [language]: point },
      points: { ...names.points, [language]: points },
    },
    rewards: document.rewards.map((reward) => offering(reward, variantIds[reward.id] ?? [])),
  };
};

// What is chosen is on offer from the first day.
const offering = (reward: Reward, variantIds: string[]): Reward =>
  hasVariants(reward) && variantIds.length > 0 ? { ...reward, variantIds, enabled: true } : reward;
