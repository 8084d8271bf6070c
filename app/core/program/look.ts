import { z } from 'zod';
import { isColor } from '../values/contrast';
import { problem } from '../values/fields';
import { icons } from '../values/icons';
import { localizedWords } from '../values/text';

/** How the program looks in the shop. */
export const lookSchema = z
  .strictObject({
    /** The colour of its buttons, #rrggbb; null: that of the theme. */
    accent: z
      .string()
      .max(16)
      .refine(isColor, {
        message: 'a colour is # and six digits or letters a to f',
        params: problem({ kind: 'no_color' }),
      })
      .nullable(),
    /** Beside the balance; null: none. */
    icon: z.enum(icons).nullable(),
  })
  .default({ accent: null, icon: null });

/** The longest that the terms may be, in each language. */
export const termsMax = 10_000;

/**
 * What members agree to, in every language; null: the shop has none of its own. They are part of the document: changed
 * terms are a new version of the program, and each version keeps its own.
 */
export const termsSchema = localizedWords(termsMax).nullable().default(null);
