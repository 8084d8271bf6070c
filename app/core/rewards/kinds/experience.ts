import { z } from 'zod';
import { wholePoints } from '../../values/fields';
import { refuse } from '../../values/result';
import { localizedWords } from '../../values/text';
import { unconditional } from '../conditions';
import { rewardFields } from '../fields';
import { givenFor, quoteGiven } from '../given';
import type { RewardKindOf } from '../kind';

const schema = z.strictObject({
  kind: z.literal('experience'),
  ...rewardFields,
  points: wholePoints,
  /** How many there are in all; null: no end. */
  stock: z.int().min(1).max(1_000_000).nullable().default(null),
  /** Staff has so many days for it. No more than an answer is kept. */
  doneWithinDays: z.int().min(1).max(90),
  /** What the member is asked, and has to answer; null: nothing. */
  question: localizedWords(200).nullable().default(null),
});

export type Experience = z.infer<typeof schema>;

/** An answer of a member has at most so many characters. */
export const answerMax = 500;

/**
 * A fixed price in points for something that staff does. It stands on staff's list until somebody says that it is done,
 * or that it cannot be done: then the points come back. Nothing comes back with an order.
 */
export const experience = {
  kind: 'experience',
  schema,
  model: () => ({
    kind: 'experience',
    name: { en: 'Experience', it: 'Esperienza', de: 'Erlebnis', fr: 'Expérience', es: 'Experiencia' },
    enabled: false,
    ...unconditional,
    points: 500,
    stock: null,
    doneWithinDays: 14,
    question: null,
  }),
  grants: ['experience'],
  quote: ({ points, name, question }, wish) => {
    const quote = quoteGiven(points, { kind: 'experience', name, question }, wish);
    if (!quote.ok) return quote;
    const answer = wish.answer?.trim() ?? '';
    if (question !== null && answer === '') return refuse({ kind: 'answer_missing' });
    if (answer.length > answerMax) return refuse({ kind: 'answer_too_long', most: answerMax });
    return quote;
  },
  days: ({ doneWithinDays }) => doneWithinDays,
  worth: () => null,
  storefront: ({ points, question }) => ({ ...givenFor(points, null), question }),
  numbers: ({ points, stock, doneWithinDays }) => [points, doneWithinDays, ...(stock === null ? [] : [stock])],
} as const satisfies RewardKindOf<Experience>;
