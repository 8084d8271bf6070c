import { Autocomplete, BlockStack, InlineStack, Tag } from '@shopify/polaris';
import { useState } from 'react';
import type { FreeShipping } from '~/core/rewards/kinds/freeShipping';
import { countries } from '~/core/values/countries';
import { countryIn } from '~/i18n/sentences/rewards/freeShipping';
import { MoneyField } from '../../../fields';
import { useWriting } from '../../../language';
import { FieldGrid } from '../../fields';
import type { RewardEditor, RewardFieldsProps } from './editor';
import { PriceField } from './PriceField';

/** Countries by name, as many as wanted; those that are chosen stand below with a cross each. */
const CountriesField = ({ reward, change, errorAt }: RewardFieldsProps<FreeShipping>) => {
  const { t, language } = useWriting();
  const [text, setText] = useState('');
  const choose = (chosen: readonly string[]): void => change({ ...reward, countries: [...chosen].sort() });
  const found = countries
    .map((value) => ({ value, label: countryIn(language, value) }))
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
              {countryIn(language, code)}
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
    <BlockStack gap="400">
      <FieldGrid>
        <PriceField points={reward.points} change={(points) => change({ ...reward, points })} errorAt={errorAt} />
        <MoneyField
          label={t('program.reward_max_rate')}
          minor={reward.maxRateMinor}
          currency={reward.currency}
          optional
          onChange={(maxRateMinor) => change({ ...reward, maxRateMinor })}
          error={errorAt('maxRateMinor')}
        />
      </FieldGrid>
      <CountriesField {...props} />
    </BlockStack>
  );
};

/** A fixed price in points for shipping at no cost. */
export const freeShipping: RewardEditor<'free_shipping'> = {
  add: 'program.add_free_shipping',
  Fields,
};
