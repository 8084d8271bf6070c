import { z } from 'zod';

const words = z.string().trim().min(1).max(60);

/** A text of the program document that members read: in each of the product's five languages. */
export const localizedText = z.strictObject({ en: words, it: words, de: words, fr: words, es: words });

/** One text in each of the product's five languages. */
export type LocalizedText = Readonly<z.infer<typeof localizedText>>;
