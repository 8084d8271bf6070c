import { BlockStack, InlineError, InlineStack, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { newPerk } from '~/core/tiers/newTiers';
import { perkKinds, type Perk } from '~/core/tiers/perks';
import { formatNumber, ownFirst, type Language } from '~/i18n/catalog';
import { MoneyField, WordsField } from '../../fields';
import { useWriting } from '../../language';
import { MenuButton } from '../../MenuButton';
import { DecimalField, FieldGrid } from '../fields';
import { FillEmpty } from '../LanguageTexts';
import { keyAt, Removable } from '../Removable';

const oneTimes = 10_000;
const perksMax = 12;
const perkWords = 120;

type Props = {
  readonly perks: readonly Perk[];
  /** In which amounts of new perks are thought. */
  readonly currency: string;
  readonly change: (perks: Perk[]) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** What a tier gives; each kind once, but for what is said in words. Below each: what staff has to do for it. */
export const PerkList = ({ perks, currency, change, errorAt }: Props) => {
  const { t, language } = useWriting();
  // By its place: several can be said in words.
  const [added, setAdded] = useState<number | null>(null);
  const wrong = errorAt('perks');
  const add = (kind: Perk['kind']): void => {
    setAdded(perks.length);
    change([...perks, newPerk(kind, currency)]);
  };
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {t('field.level.perks')}
      </Text>
      <Text as="p" tone="subdued">
        {t(perks.length === 0 ? 'tiers.perks_empty' : 'tiers.perks_help')}
      </Text>
      {perks.map((perk, index) => (
        <Removable
          key={keyAt(perks, index)}
          label={t('program.remove_perk', { name: nameOf(perk, language) || t(`tiers.perk_${perk.kind}`) })}
          isNew={index === added}
          remove={() => {
            setAdded(null);
            change(perks.filter((_, at) => at !== index));
          }}
        >
          <Text as="h4" variant="headingXs">
            {t(`tiers.perk_${perk.kind}`)}
          </Text>
          <PerkFields
            perk={perk}
            change={(next) => change(perks.map((one, at) => (at === index ? next : one)))}
            errorAt={(field) => errorAt(`perks.${index}.${field}`)}
          />
          <Text as="p" tone="subdued">
            {t(`tiers.does_${perk.kind}`, 'tag' in perk ? { tag: perk.tag } : {})}
          </Text>
        </Removable>
      ))}
      {wrong === undefined ? null : <InlineError message={wrong} fieldID="perks" />}
      <AddPerk perks={perks} add={add} />
    </BlockStack>
  );
};

/** What a perk in words is known by; the others are known by their kind. */
const nameOf = (perk: Perk, language: Language): string => (perk.kind === 'words' ? perk.text[language].trim() : '');

type AddProps = Pick<Props, 'perks'> & { readonly add: (kind: Perk['kind']) => void };

const AddPerk = ({ perks, add }: AddProps) => {
  const { t } = useWriting();
  const kinds = perkKinds.filter((kind) => kind === 'words' || !perks.some((perk) => perk.kind === kind));
  if (perks.length >= perksMax) return null;
  return (
    <InlineStack>
      <MenuButton
        label={t('tiers.add_perk')}
        items={kinds.map((kind) => ({ content: t(`tiers.perk_${kind}`), onAction: () => add(kind) }))}
      />
    </InlineStack>
  );
};

type FieldsProps = {
  readonly perk: Perk;
  readonly change: (perk: Perk) => void;
  readonly errorAt: (field: string) => string | undefined;
};

const PerkFields = ({ perk, change, errorAt }: FieldsProps) => {
  const { t, language } = useWriting();
  switch (perk.kind) {
    case 'multiply': {
      const error = errorAt('basisPoints');
      const isSmall = perk.basisPoints <= oneTimes;
      return (
        <DecimalField
          label={t('field.bonus.effect.basisPoints')}
          value={perk.basisPoints}
          sign="×"
          per={oneTimes}
          optional={false}
          onChange={(times) => change({ ...perk, basisPoints: times ?? Number.NaN })}
          error={isSmall ? t('tiers.multiply_more', { example: formatNumber(language, 1.5) }) : error}
        />
      );
    }
    case 'free_shipping':
      return (
        <FieldGrid>
          <MoneyField
            label={t('program.reward_minimum')}
            minor={perk.minimumSubtotalMinor}
            currency={perk.currency}
            optional
            onChange={(minimumSubtotalMinor) => change({ ...perk, minimumSubtotalMinor })}
            error={errorAt('minimumSubtotalMinor')}
          />
          <MoneyField
            label={t('program.reward_max_rate')}
            minor={perk.maxRateMinor}
            currency={perk.currency}
            optional
            onChange={(maxRateMinor) => change({ ...perk, maxRateMinor })}
            error={errorAt('maxRateMinor')}
          />
        </FieldGrid>
      );
    case 'priority_support':
      return (
        <TextField
          label={t('tiers.perk_tag')}
          value={perk.tag}
          autoComplete="off"
          maxLength={255}
          onChange={(tag) => change({ ...perk, tag })}
          error={errorAt('tag') ?? false}
        />
      );
    case 'words':
      return (
        <>
          <FieldGrid>
            {ownFirst(language).map((one) => (
              <WordsField
                key={one}
                label={t('tiers.perk_text', { language: t(`language.${one}`) })}
                value={perk.text[one]}
                longest={perkWords}
                onChange={(text) => change({ ...perk, text: { ...perk.text, [one]: text } })}
                error={errorAt(`text.${one}`)}
              />
            ))}
          </FieldGrid>
          <FillEmpty texts={perk.text} change={(text) => change({ ...perk, text })} />
        </>
      );
  }
};
