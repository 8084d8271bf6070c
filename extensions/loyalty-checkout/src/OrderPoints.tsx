import type { OrderAnswer, ProgramSummary, Quote, Summary } from '../../shared/answers';
import { ask } from '../../shared/app';
import { numberOf } from '../../shared/cart';
import { personOf, type Host } from '../../shared/host';
import { useAsked } from '../../shared/hooks';
import { askUntil } from '../../shared/patience';
import { Standing } from '../../shared/ui/Standing';
import { Trouble } from '../../shared/ui/Trouble';
import { dayIn, pointsIn, say, textIn } from '../../shared/words';
import { quoteFor, type QuotedLine } from './Earns';

type Read = Summary & {
  readonly isGuest: boolean;
  readonly order: OrderAnswer | null;
  /** What the order should bring, where nobody knows yet what it did. */
  readonly quote: Quote | null;
};

/** What an order brought. The platform may tell the app of it a little later than the shopper sees this. */
const orderOf = async (host: Host, orderId: string): Promise<OrderAnswer | null> => {
  const path = `order?order=${numberOf(orderId)}`;
  const answer = await askUntil(
    () => ask<OrderAnswer>(host, path),
    ({ state }) => state !== 'unknown',
  );
  return answer.state === 'unknown' ? null : answer;
};

type Props = {
  readonly host: Host;
  readonly orderId: string;
  readonly lines: readonly QuotedLine[];
  /** The one that the order is shown in: in another one than the program's nobody can say what it brings. */
  readonly currency: string | null;
};

const read = async ({ host, orderId, lines, currency }: Props): Promise<Read> => {
  const isGuest = personOf(await host.token()) === null;
  const order = isGuest ? null : await orderOf(host, orderId);
  // The balance is read behind the order: it is the one with its points.
  const summary = await ask<Summary>(host, 'summary');
  const isQuoted = order === null && summary.program?.currency === currency;
  const quote = isQuoted ? await quoteFor(host, lines) : null;
  return { ...summary, isGuest, order, quote };
};

const sentenceOf = (host: Host, program: ProgramSummary, { isGuest, order, quote }: Read): string | null => {
  if (order !== null) {
    if (order.text !== null) return order.text;
    const points = pointsIn(host, program, order.points ?? 0);
    return order.availableOn === null
      ? say(host, 'order.brought', { points })
      : say(host, 'order.brought_on', { points, date: dayIn(host, order.availableOn) });
  }
  if (quote === null || quote.points <= 0) return null;
  // What was not confirmed is never said as a fact.
  const certainty = quote.certainty === 'exact' ? 'about' : quote.certainty;
  const points = pointsIn(host, program, quote.points);
  return say(host, `${isGuest ? 'guest' : 'order'}.${certainty}`, { points });
};

/** The points of an order that was placed, and how far they lead; a guest learns what an account would bring. */
export const OrderPoints = (props: Props) => {
  const { host, orderId } = props;
  const { answer, error, again } = useAsked(() => read(props), orderId);
  if (answer === null)
    return error === null ? <s-skeleton-paragraph /> : <Trouble host={host} error={error} again={again} />;
  const { program, member, isGuest } = answer;
  if (program === null) return null;
  const sentence = sentenceOf(host, program, answer);
  return (
    <s-section heading={textIn(host, program.names.program)}>
      <s-stack gap="base">
        {sentence === null ? null : <s-text>{sentence}</s-text>}
        {isGuest ? <s-text color="subdued">{say(host, 'guest.invite')}</s-text> : null}
        {member === null ? null : (
          <>
            <s-text>{say(host, 'balance.available', { points: pointsIn(host, program, member.available) })}</s-text>
            <Standing host={host} program={program} member={member} />
          </>
        )}
      </s-stack>
    </s-section>
  );
};
