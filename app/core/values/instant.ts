import type { Result } from './result';
import { ok, refuse } from './result';

declare const instantBrand: unique symbol;

/** A moment, in whole milliseconds since 1970-01-01T00:00:00Z. Always UTC; zones are applied when asked. */
export type Instant = number & { readonly [instantBrand]: true };

export const instant = (epochMs: number): Instant => Math.trunc(epochMs) as Instant;

const isoInstant = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Reads an ISO 8601 timestamp that says its offset. A text without one is refused, never guessed. */
export const parseInstant = (text: string): Result<Instant, { kind: 'not_an_instant'; text: string }> => {
  const epochMs = isoInstant.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
  return Number.isNaN(epochMs) ? refuse({ kind: 'not_an_instant', text }) : ok(instant(epochMs));
};

export const isoOf = (moment: Instant): string => new Date(moment).toISOString();

/** The whole second in which a moment lies: platforms write the times of their orders no finer. */
export const wholeSecond = (moment: Instant): Instant => instant(Math.floor(moment / 1000) * 1000);
