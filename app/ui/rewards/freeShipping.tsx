import { Autocomplete, BlockStack, FormLayout, InlineStack, Tag } from '@shopify/polaris';
import { useState } from 'react';
import type { FreeShipping } from '~/core/rewards/kinds/freeShipping';
import { countries } from '~/core/values/countries';
import type { Language } from '~/i18n/catalog';
import { MoneyField, NumberField } from '../fields';
import { useWriting } from '../language';
import type { RewardEditor, RewardFieldsProps } from './editor';

const nameOf = (code: string, language: Language): string =>
  new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;

/** Countries by name, as many as wanted; those that are chosen stand below with a cross each. */
const CountriesField = ({ reward, change, errorAt }: RewardFieldsProps<FreeShipping>) => {
  const { t, language } = useWriting();
  const [text, setText] = useState('');
  const choose = (chosen: readonly string[]): void => change({ ...reward, countries: [...chosen].sort() });
  const found = countries
    .map((value) => ({ value, label: nameOf(value, language) }))
    .filter(({ label }) => label.toLocaleLowerCase(language).includes(text.trim().toLocaleLowerCase(language)))
    .sort((a, b) => a.label.localeCompare(b.label, language));
  return (
    <BlockStack gap="200">
      <Autocomplete
        allowMultiple
        options={found}
        selected={[...reward.countries]}
        onSelect={choose}
        textField={
          <Autocomplete.TextField
            label={t('program.reward_countries')}
            value={text}
            onChange={setText}
            autoComplete="off"
            placeholder={t('program.reward_countries_find')}
            helpText={reward.countries.length === 0 ? t('program.reward_countries_all') : undefined}
            error={errorAt('countries') ?? false}
          />
        }
      />
      {reward.countries.length === 0 ? null : (
        <InlineStack gap="100">
          {reward.countries.map((code) => (
            <Tag key={code} onRemove={() => choose(reward.countries.filter((one) => one !== code))}>
              {nameOf(code, language)}
            </Tag>
          ))}
        </InlineStack>
      )}
    </BlockStack>
  );
};

const Fields = (props: RewardFieldsProps<FreeShipping>) => {
  const { reward, change, errorAt } = props;
  const { t } = useWriting();
  return (
    <>
      <FormLayout.Group condensed>
        <NumberField
          label={t('program.reward_points')}
          value={reward.points}
          onChange={(points) => change({ ...reward, points })}
          error={errorAt('points')}
        />
        <MoneyField
          label={t('program.reward_max_rate')}
          minor={reward.maxRateMinor}
          currency={reward.currency}
          optional
          onChange={(maxRateMinor) => change({ ...reward, maxRateMinor })}
          error={errorAt('maxRateMinor')}
        />
      </FormLayout.Group>
      <CountriesField {...props} />
    </>
  );
};

/** A fixed price in points for shipping at no cost. */
export const freeShipping: RewardEditor<'free_shipping'> = {
  add: 'program.add_free_shipping',
  sentence: (reward, { t, language, points, money }) => {
    const named = reward.countries.slice(0, 3).map((code) => nameOf(code, language));
    const more = reward.countries.length - named.length;
    const list = more > 0 ? [...named, t('program.reward_countries_more', { count: more })] : named;
    return [
      t('program.reward_sentence_shipping', { points: points(reward.points) }),
      ...(reward.maxRateMinor === null
        ? []
        : [t('program.reward_sentence_rate', { amount: money(reward.maxRateMinor, reward.currency) })]),
      ...(list.length === 0
        ? []
        : [
            t('program.reward_sentence_countries', {
              countries: new Intl.ListFormat(language, { type: 'conjunction' }).format(list),
            }),
          ]),
    ].join(', ');
  },
  Fields,
};
