import { Checkbox, FormLayout, Text } from '@shopify/polaris';
import { capSentences, exclusionSentences } from '~/i18n/sentences/earning';
import { useWriting } from '../../language';
import { ChipsField } from '../ChipsField';
import { FieldGrid, OptionalNumberField } from '../fields';
import { useProgram } from '../programContext';
import { ResourceField } from '../ResourceField';
import { Section, Sentences } from '../Section';
import { ChannelField } from './ChannelField';

const caps = ['perOrder', 'perDay', 'perMonth', 'lifetime'] as const;

/** The most that can be earned. */
export const CapsCard = () => {
  const { t, ...say } = useWriting();
  const { draft, errorAt } = useProgram();
  const { earning } = draft.document;
  const sentences = capSentences(earning.caps, say);
  return (
    <Section title={t('program.caps')} help={t('program.caps_help')}>
      {sentences.length === 0 ? <Text as="p">{t('program.caps_empty')}</Text> : <Sentences all={sentences} />}
      <FormLayout>
        <FieldGrid>
          {caps.map((cap) => (
            <OptionalNumberField
              key={cap}
              label={t(`field.caps.${cap}`)}
              value={earning.caps[cap]}
              onChange={(points) => draft.change({ earning: { ...earning, caps: { ...earning.caps, [cap]: points } } })}
              error={errorAt(`earning.caps.${cap}`)}
            />
          ))}
        </FieldGrid>
      </FormLayout>
    </Section>
  );
};

const lists = {
  productTags: 'product_tag',
  productTypes: 'product_type',
  vendors: 'vendor',
  customerTags: 'customer_tag',
} as const;
const listNames = ['productTags', 'productTypes', 'vendors', 'customerTags'] as const;
const collectionsMax = 200;

/** What earns nothing. */
export const ExclusionsCard = () => {
  const { t, ...say } = useWriting();
  const { draft, errorAt } = useProgram();
  const { earning } = draft.document;
  const { exclude } = earning;
  const change = (part: Partial<typeof exclude>): void =>
    draft.change({ earning: { ...earning, exclude: { ...exclude, ...part } } });
  const sentences = exclusionSentences(exclude, say);
  return (
    <Section title={t('program.exclusions')} help={t('program.exclusions_help')}>
      {sentences.length === 0 ? <Text as="p">{t('program.exclusions_empty')}</Text> : <Sentences all={sentences} />}
      <FormLayout>
        <Checkbox
          label={t('field.exclude.saleItems')}
          checked={exclude.saleItems}
          onChange={(saleItems) => change({ saleItems })}
        />
        <FieldGrid>
          <ResourceField
            kind="product"
            label={t('field.exclude.productIds')}
            ids={exclude.productIds}
            onChange={(productIds) => change({ productIds })}
            error={errorAt('earning.exclude.productIds')}
          />
          <ResourceField
            kind="collection"
            label={t('field.exclude.collectionIds')}
            most={collectionsMax}
            ids={exclude.collectionIds}
            onChange={(collectionIds) => change({ collectionIds })}
            error={errorAt('earning.exclude.collectionIds')}
          />
        </FieldGrid>
        <FieldGrid>
          {listNames.map((list) => (
            <ChipsField
              key={list}
              of={lists[list]}
              label={t(`field.exclude.${list}`)}
              values={exclude[list]}
              onChange={(values) => change({ [list]: values })}
              error={errorAt(`earning.exclude.${list}`)}
            />
          ))}
        </FieldGrid>
        <ChannelField
          label={t('field.exclude.channels')}
          channels={exclude.channels}
          change={(channels) => change({ channels })}
          error={errorAt('earning.exclude.channels')}
        />
      </FormLayout>
    </Section>
  );
};
