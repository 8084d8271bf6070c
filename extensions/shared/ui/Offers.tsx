import { useState } from 'preact/hooks';
import type { ProgramSummary } from '../answers';
import type { Host } from '../host';
import { costOf, refusalText, sharedRefusal } from '../offerWords';
import { isChoice, worthOf, type Offer, type Taken } from '../offers';
import { moneyIn, numberIn, say, textIn } from '../words';
import { valueOf } from './field';

type Props = {
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly offers: readonly Offer[];
  /** The reward that is being taken; no other can be until it is decided. */
  readonly busy: string | null;
  readonly take: (taken: Taken) => void;
};

const Taking = ({ host, program, offer, busy, take }: Omit<Props, 'offers'> & { readonly offer: Offer }) => {
  const { reward, choice, name } = offer;
  const [typed, setTyped] = useState(String(choice.min));
  const [answer, setAnswer] = useState('');
  const [chosen, choose] = useState('');
  // What was chosen may be gone meanwhile: then the first one stands there.
  const item = offer.items.find(({ variant }) => variant === chosen) ?? offer.items[0];
  const isChosen = choice.max > choice.min;
  const points = isChosen ? Number(typed) : choice.min;
  const isGood = isChoice(choice, points);
  const worth = worthOf(reward, points);
  const bounds = {
    min: numberIn(host, choice.min),
    max: numberIn(host, choice.max),
    step: numberIn(host, choice.step),
  };
  const question = reward.question ?? null;
  return (
    <s-stack gap="small-200">
      {isChosen ? (
        <s-number-field
          label={say(host, 'rewards.how_many', { unit: textIn(host, program.names.points) })}
          min={choice.min}
          max={choice.max}
          step={choice.step}
          value={typed}
          {...(isGood ? {} : { error: say(host, 'rewards.out_of_range', bounds) })}
          onInput={(event) => setTyped(valueOf(event))}
        />
      ) : null}
      {isChosen && isGood && worth !== null ? <s-text>{moneyIn(host, program, worth)}</s-text> : null}
      {offer.items.length > 1 ? (
        <s-select
          label={say(host, 'rewards.which')}
          value={item?.variant ?? ''}
          onChange={(event) => choose(valueOf(event))}
        >
          {offer.items.map(({ variant, name: product }) => (
            <s-option key={variant} value={variant}>
              {product}
            </s-option>
          ))}
        </s-select>
      ) : null}
      {question === null ? null : (
        <s-text-area
          label={textIn(host, question)}
          maxLength={500}
          value={answer}
          onInput={(event) => setAnswer(valueOf(event))}
        />
      )}
      <s-button
        variant="secondary"
        accessibilityLabel={`${say(host, 'rewards.redeem')}: ${name}`}
        loading={busy === reward.id}
        disabled={busy !== null || !isGood}
        onClick={() =>
          take({ offer, points, answer: question === null ? null : answer, variant: item?.variant ?? null })
        }
      >
        {say(host, 'rewards.redeem')}
      </s-button>
    </s-stack>
  );
};

/** Rewards to choose from. One that cannot be taken now has no button, and says why; what holds for all, once. */
export const Offers = ({ offers, ...props }: Props) => {
  const forAll = sharedRefusal(props.host, props.program, offers);
  return (
    <s-stack gap="base">
      {forAll === '' ? null : <s-text>{forAll}</s-text>}
      {offers.map((offer) => (
        <s-stack key={offer.reward.id} gap="small-200">
          <s-text type="strong">{offer.name}</s-text>
          <s-text color="subdued">{costOf(props.host, props.program, offer)}</s-text>
          {offer.reward.description === null ? null : <s-text>{textIn(props.host, offer.reward.description)}</s-text>}
          {offer.refusal === null ? <Taking {...props} offer={offer} /> : null}
          {offer.refusal === null || forAll !== '' ? null : (
            <s-text color="subdued">{refusalText(props.host, props.program, offer)}</s-text>
          )}
        </s-stack>
      ))}
    </s-stack>
  );
};
