import { z } from 'zod';
import { tongues } from '../values/text';
import type { ProgramDocument } from './document';
import { templateDocument, templateIds, type TemplateShop } from './templates';

const name = z.string().trim().max(60);

/** What a merchant chooses before the program begins: a template, and what points are called in their own language. */
export const firstRunSchema = z.object({
  template: z.enum(templateIds).default('simple'),
  language: z.enum(tongues),
  /** One point, and several; empty while it is being written. */
  point: name,
  points: name,
});

export type FirstRun = z.infer<typeof firstRunSchema>;

/** The program that these choices make. It is valid when both names are there. */
export const firstDocument = ({ template, language, point, points }: FirstRun, shop: TemplateShop): ProgramDocument => {
  const document = templateDocument(template, shop);
  const { names } = document;
  return {
    ...document,
    names: {
      ...names,
      point: { ...names.point, [language]: point },
      points: { ...names.points, [language]: points },
    },
  };
};
