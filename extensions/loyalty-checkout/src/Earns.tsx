import type { ProgramSummary, Quote } from '../../shared/answers';
import { ask } from '../../shared/app';
import type { Host } from '../../shared/host';
import { useAsked } from '../../shared/hooks';
import { pointsIn, say } from '../../shared/words';

export type QuotedLine = { readonly variant: string; readonly quantity: number };

/** What the app quotes at most: a larger order gets no sentence, and its points all the same. */
const isQuoted = (lines: readonly QuotedLine[]): boolean =>
  lines.length > 0 && lines.length <= 50 && lines.every(({ variant }) => variant !== '');

/** What these lines earn; null: nobody can say. */
export const quoteFor = (host: Host, lines: readonly QuotedLine[]): Promise<Quote | null> =>
  isQuoted(lines) ? ask<Quote>(host, 'quote', { lines }).catch(() => null) : Promise.resolve(null);

/** What this order earns, in a sentence. Without an answer it stays out: nobody comes here for it. */
export const Earns = (props: {
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly lines: readonly QuotedLine[];
}) => {
  const { host, program, lines } = props;
  const { answer } = useAsked(() => quoteFor(host, lines), JSON.stringify(lines));
  if (answer === null || answer.points <= 0) return null;
  return <s-text>{say(host, `earns.${answer.certainty}`, { points: pointsIn(host, program, answer.points) })}</s-text>;
};
