import { useState } from 'preact/hooks';
import type { ProgramSummary } from '../../shared/answers';
import type { Host } from '../../shared/host';
import { costOf, refusalText, sharedRefusal } from '../../shared/offerWords';
import { isChoice, worthOf, type Offer, type Taken } from '../../shared/offers';
import { moneyIn, numberIn, say, textIn } from '../../shared/words';

type Props = {
  readonly host: Host;
  readonly program: ProgramSummary;
  readonly offers: readonly Offer[];
  readonly busy: string | null;
  readonly take: (taken: Taken) => void;
};

const Taking = ({ host, program, offer, busy, take }: Omit<Props, 'offers'> & { readonly offer: Offer }) => {
  const { reward, choice } = offer;
  const [typed, setTyped] = useState(String(choice.min));
  const [answer, setAnswer] = useState('');
  const [chosen, choose] = useState('');
  // What was chosen may be gone meanwhile: then the first one stands there.
  const item = offer.items.find(({ variant }) => variant === chosen) ?? offer.items[0];
  const isChosen = choice.max > choice.min;
  const points = isChosen ? Number(typed) : choice.min;
  const isGood = isChoice(choice, points);
  const worth = worthOf(reward, points);
  const question = reward.question ?? null;
  const bounds = {
    min: numberIn(host, choice.min),
    max: numberIn(host, choice.max),
    step: numberIn(host, choice.step),
  };
  return (
    <>
      {isChosen ? (
        <s-number-field
          label={say(host, 'rewards.how_many', { unit: textIn(host, program.names.points) })}
          min={choice.min}
          max={choice.max}
          value={typed}
          {...(isGood ? {} : { error: say(host, 'rewards.out_of_range', bounds) })}
          onInput={(event) => setTyped(event.currentTarget.value ?? '')}
        />
      ) : null}
      {isChosen && isGood && worth !== null ? <s-text>{moneyIn(host, program, worth)}</s-text> : null}
      {offer.items.length > 1 ? (
        <>
          <s-text>{say(host, 'rewards.which')}</s-text>
          <s-choice-list
            values={item === undefined ? [] : [item.variant]}
            onChange={(event) => choose(event.currentTarget.values?.[0] ?? '')}
          >
            {offer.items.map(({ variant, name }) => (
              <s-choice key={variant} value={variant}>
                {name}
              </s-choice>
            ))}
          </s-choice-list>
        </>
      ) : null}
      {question === null ? null : (
        <s-text-area
          label={textIn(host, question)}
          maxLength={500}
          value={answer}
          onInput={(event) => setAnswer(event.currentTarget.value ?? '')}
        />
      )}
      <s-button
        loading={busy === reward.id}
        disabled={busy !== null || !isGood}
        onClick={() =>
          take({ offer, points, answer: question === null ? null : answer, variant: item?.variant ?? null })
        }
      >
        {say(host, 'rewards.redeem')}
      </s-button>
    </>
  );
};

/** Rewards that staff can give at the till. One that cannot be taken now says why; what holds for all is said once. */
export const TillOffers = ({ offers, ...props }: Props) => {
  const forAll = sharedRefusal(props.host, props.program, offers);
  return offers.length === 0 ? null : (
    <s-section heading={say(props.host, 'rewards.title')}>
      <s-stack direction="block" gap="large">
        {forAll === '' ? null : <s-text>{forAll}</s-text>}
        {offers.map((offer) => (
          <s-stack key={offer.reward.id} direction="block" gap="small">
            <s-text type="strong">{offer.name}</s-text>
            <s-text color="subdued">{costOf(props.host, props.program, offer)}</s-text>
            {offer.refusal === null ? <Taking {...props} offer={offer} /> : null}
            {offer.refusal === null || forAll !== '' ? null : (
              <s-text color="subdued">{refusalText(props.host, props.program, offer)}</s-text>
            )}
          </s-stack>
        ))}
      </s-stack>
    </s-section>
  );
};
