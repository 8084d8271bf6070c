import { BlockStack, Button, InlineStack } from '@shopify/polaris';
import { useState } from 'react';
import type { ProgramDocument } from '~/core/program/document';
import type { StorefrontForm } from '~/core/rewards/kind';
import { currencyOf, kindOf, rewardsOffered, type Reward } from '~/core/rewards/section';
import { isColor, textOn } from '~/core/values/contrast';
import type { Language } from '~/i18n/catalog';
import { formatMoney, formatPoints } from '~/i18n/format';
import { storefrontText } from '~/i18n/storefrontTexts';
// The blocks' own style sheet: the picture cannot look otherwise than the shop.
import blockStyles from '../../../../extensions/loyalty-storefront/assets/loyalty.css?raw';
import signSnippet from '../../../../extensions/loyalty-storefront/snippets/fidelio-sign.liquid?raw';
import { useWriting } from '../../language';
import { LoyaltyIcon } from '../../LoyaltyIcon';
import { LanguageSelect } from '../LanguageSelect';
import { useProgram } from '../programContext';
import { Section } from '../Section';

const rewardsShown = 4;

// The blocks' own drawings, too.
const signShapes = new Map(
  [...signSnippet.matchAll(/(?:when '(\w+)'\s+)?assign shape = '([^']+)'/g)].map(([, name = 'ticket', shape]) => [
    name,
    shape,
  ]),
);

/** The balance and the rewards in the cart as the storefront paints them, in a language, from the draft as it is. */
export const StorefrontPicture = () => {
  const { t, currency, ...own } = useWriting();
  const { document } = useProgram().draft;
  const [language, setLanguage] = useState<Language>(own.language);
  const rewards = rewardsOffered(document.rewards, currency);
  const available = exampleBalance(rewards);
  const points = formatPoints(own.language, available, document.names);
  const shown = { document, language, available };
  return (
    <Section title={t('look.picture')} help={t('look.picture_help', { points })}>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <LanguageSelect value={language} onChange={setLanguage} />
          <Button variant="plain" url="/app/start/next">
            {t('look.to_theme')}
          </Button>
        </InlineStack>
        {/* As it is: the server would write its quotes as text, and the browser would not know them again. */}
        <style dangerouslySetInnerHTML={{ __html: blockStyles }} />
        <div lang={language} style={{ display: 'grid', gap: 16, fontSize: 15, ...accentOf(document) }}>
          <Balance {...shown} />
          <Rewards {...shown} rewards={rewards.slice(0, rewardsShown)} />
        </div>
      </BlockStack>
    </Section>
  );
};

// Half-way from the cheapest to the dearest: what can be taken and what cannot are both seen.
const exampleBalance = (rewards: readonly Reward[]): number => {
  const prices = rewards
    .map((reward) => kindOf(reward).storefront(reward).min_points)
    .filter((price) => Number.isSafeInteger(price) && price > 0);
  if (prices.length === 0) return 120;
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  return least === most ? Math.round(least * 1.2) : Math.floor((least + most) / 2);
};

const accentOf = ({ look: { accent } }: ProgramDocument): object =>
  accent === null || !isColor(accent) ? {} : { '--fidelio-accent': accent, '--fidelio-on-accent': textOn(accent) };

type Shown = { readonly document: ProgramDocument; readonly language: Language; readonly available: number };

const Balance = ({ document, language, available }: Shown) => (
  <div className="fidelio fidelio-balance">
    <span className="fidelio-balance__points">
      {document.look.icon === null ? null : (
        <>
          <LoyaltyIcon icon={document.look.icon} />{' '}
        </>
      )}
      <strong>{formatPoints(language, available, document.names)}</strong>
    </span>
    <i className="fidelio-balance__end" hidden />
  </div>
);

const Rewards = ({ document, language, available, rewards }: Shown & { readonly rewards: readonly Reward[] }) => (
  <div className="fidelio fidelio-rewards fidelio-rewards--cart">
    <h2 className="fidelio-rewards__title">
      {document.look.icon === null ? null : (
        <>
          <LoyaltyIcon icon={document.look.icon} />{' '}
        </>
      )}
      {document.names.program[language]}
    </h2>
    <p className="fidelio-rewards__balance">
      {storefrontText(language, 'rewards', 'you_have')}{' '}
      <strong>{formatPoints(language, available, document.names)}</strong>
    </p>
    <ul className="fidelio-rewards__list">
      {rewards.map((reward) => (
        <RewardRow key={reward.id} {...{ document, language, available, reward }} />
      ))}
    </ul>
  </div>
);

type RowProps = Shown & { readonly reward: Reward };

const RewardRow = ({ document, language, available, reward }: RowProps) => {
  const { step_points: step, step_amount_minor: minor, ...form } = kindOf(reward).storefront(reward);
  const [amount, unit] = split(formatPoints(language, step, document.names));
  const currency = currencyOf(reward);
  const copay = form.apply === 'item' && currency !== null ? (form.copay_minor ?? 0) : 0;
  const worthMinor = copay > 0 ? copay : minor;
  const money = worthMinor === null || currency === null ? '' : formatMoney(language, worthMinor, currency);
  const values = { points: amount, unit, amount: money };
  const isFixed = form.min_points === form.max_points;
  const plain = form.apply === 'code' ? 'at_checkout' : 'price';
  const price = copay > 0 ? 'with_copay' : minor === null ? plain : isFixed ? 'fixed' : 'per_step';
  const missing = form.min_points - available;
  const [missingPoints, missingUnit] = split(formatPoints(language, missing, document.names));
  return (
    <li className="fidelio-rewards__item">
      <Sign name={signOf(form)} />
      <div>
        <span className="fidelio-rewards__name">{reward.name[language]}</span>
        <span className="fidelio-rewards__price">{storefrontText(language, 'rewards', price, values)}</span>{' '}
        {reward.description === null ? null : (
          <span className="fidelio-rewards__note">{reward.description[language]}</span>
        )}
      </div>
      {missing > 0 ? (
        <span className="fidelio-rewards__missing">
          {storefrontText(language, 'rewards', 'missing', { points: missingPoints, unit: missingUnit })}
        </span>
      ) : (
        <Choice {...{ document, language, available, reward }} />
      )}
    </li>
  );
};

type SignName = 'ticket' | 'truck' | 'gift' | 'spark';

const signOf = ({ takes_off: off, apply }: Pick<StorefrontForm, 'takes_off' | 'apply'>): SignName =>
  off === 'shipping' ? 'truck' : off === 'product' ? 'gift' : apply === 'given' ? 'spark' : 'ticket';

const Sign = ({ name }: { readonly name: SignName }) => (
  <svg
    className="fidelio-sign"
    viewBox="0 0 24 24"
    width="24"
    height="24"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={signShapes.get(name)} />
  </svg>
);

/** How a reward is taken: at once, or after choosing how much. */
const Choice = ({ document, language, available, reward }: RowProps) => {
  const { min_points: min, max_points: max, step_points: step, ...form } = kindOf(reward).storefront(reward);
  const steps = Math.floor(Math.min(available, max) / step);
  const currency = currencyOf(reward);
  // As in the shop the slider begins in the middle.
  const start = Math.max(min, Math.floor((steps + 1) / 2) * step);
  const minor = (start / step) * (form.step_amount_minor ?? 0);
  const worth = currency === null ? '' : formatMoney(language, minor, currency);
  const redeem = <span className="fidelio-button">{storefrontText(language, 'rewards', 'redeem')}</span>;
  if (min === max || steps * step <= min) return <div className="fidelio-rewards__actions">{redeem}</div>;
  return (
    <div className="fidelio-rewards__choice">
      <span className="fidelio-rewards__slider">
        <input type="range" min={min} max={steps * step} value={start} readOnly tabIndex={-1} aria-hidden="true" />
        <span className="fidelio-rewards__amount">
          <input type="number" value={start} readOnly tabIndex={-1} aria-hidden="true" />
          <output>{`${split(formatPoints(language, start, document.names))[1]} · ${worth}`}</output>
        </span>
      </span>
      {redeem}
    </div>
  );
};

// "1.250 punti": the number, and the word for it.
const split = (text: string): readonly [string, string] => {
  const at = text.indexOf(' ');
  return [text.slice(0, at), text.slice(at + 1)];
};
