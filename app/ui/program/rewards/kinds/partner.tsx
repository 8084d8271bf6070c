import { Banner, BlockStack, Link, Select, Text } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { partner as kind, type Partner } from '~/core/rewards/kinds/partner';
import type { PartnerItem } from '~/core/rewards/partners';
import { perTongue, tongues } from '~/core/values/text';
import { useErrorsShown } from '../../../fields';
import { useWriting } from '../../../language';
import { FieldGrid } from '../../fields';
import type { RewardEditor, RewardFieldsProps } from './editor';
import { PriceField } from './PriceField';

type Known = { readonly id: string; readonly name: string; readonly items: readonly PartnerItem[] | null };
/** null: not read yet; `away`: they cannot be read now. */
type Read = readonly Known[] | 'away' | null;

const readPartners = async (): Promise<Read> => {
  const answer = await fetch('/app/partner-items');
  return answer.ok ? ((await answer.json()) as { readonly partners: readonly Known[] }).partners : 'away';
};

const usePartners = (): Read => {
  const [read, setRead] = useState<Read>(null);
  useEffect(() => {
    let left = false;
    readPartners().then(
      (found) => left || setRead(found),
      () => left || setRead('away'),
    );
    return () => void (left = true);
  }, []);
  return read;
};

const nameMost = 60;
const model = kind.model();

// A name that nobody has written yet becomes the item's.
const named = (reward: Partner, item: PartnerItem): Partner['name'] =>
  tongues.every((tongue) => reward.name[tongue] === model.name[tongue])
    ? perTongue(() => item.name.slice(0, nameMost).trim())
    : reward.name;

const Fields = ({ reward, change, errorAt }: RewardFieldsProps<Partner>) => {
  const { t } = useWriting();
  const read = usePartners();
  const partners = Array.isArray(read) ? (read as readonly Known[]) : [];
  const chosen = partners.find(({ id }) => id === reward.provider);
  const item = chosen?.items?.find(({ itemId }) => itemId === reward.itemId);
  return (
    <BlockStack gap="400">
      <Notes read={read} reward={reward} chosen={chosen} item={item} />
      <FieldGrid>
        <PriceField points={reward.points} change={(points) => change({ ...reward, points })} errorAt={errorAt} />
        <Choice
          label={t('program.reward_partner')}
          value={reward.provider}
          options={partners.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(provider) => change({ ...reward, provider, itemId: null, cost: null })}
          error={errorAt('provider')}
        />
        <ItemChoice reward={reward} items={chosen?.items ?? []} change={change} errorAt={errorAt} />
      </FieldGrid>
      <Cost reward={reward} item={item} change={change} />
      <Text as="p" tone="subdued">
        {t('program.reward_partner_help')} <Link url="/app/partners">{t('partners.title')}</Link>
      </Text>
    </BlockStack>
  );
};

type ChoiceProps = {
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
};

// What was chosen stands there even where it cannot be read now.
const Choice = ({ label, value, options, onChange, error }: ChoiceProps) => {
  const { t } = useWriting();
  const all = useErrorsShown();
  const known = value === null || options.some((option) => option.value === value);
  return (
    <Select
      label={label}
      placeholder={t('program.reward_partner_choose')}
      options={[...options, ...(known ? [] : [{ value: value ?? '', label: value ?? '' }])]}
      value={value ?? ''}
      onChange={onChange}
      error={all ? (error ?? false) : false}
    />
  );
};

type ItemProps = RewardFieldsProps<Partner> & { readonly items: readonly PartnerItem[] };

const ItemChoice = ({ reward, items, change, errorAt }: ItemProps) => {
  const { t, money } = useWriting();
  const choose = (itemId: string): void => {
    const item = items.find((one) => one.itemId === itemId);
    if (item !== undefined) change({ ...reward, itemId, cost: item.cost, name: named(reward, item) });
  };
  return (
    <Choice
      label={t('program.reward_partner_item')}
      value={reward.itemId}
      options={items.map(({ itemId, name, cost }) => ({
        value: itemId,
        label: `${name} · ${money(cost.amountMinor, cost.currency)}`,
      }))}
      onChange={choose}
      error={errorAt('itemId')}
    />
  );
};

type NoteProps = {
  readonly read: Read;
  readonly reward: Partner;
  readonly chosen: Known | undefined;
  readonly item: PartnerItem | undefined;
};

/** What keeps this reward from being given, as far as it can be seen now. */
const Notes = ({ read, reward, chosen, item }: NoteProps) => {
  const { t } = useWriting();
  if (read === null) return null;
  const note =
    read === 'away' || chosen?.items === null
      ? t('partners.catalogue_away')
      : read.length === 0
        ? t('program.reward_partner_none')
        : reward.provider !== null && chosen === undefined
          ? t('program.reward_partner_gone')
          : reward.itemId !== null && item === undefined
            ? t('program.reward_partner_item_gone')
            : null;
  return note === null ? null : <Banner tone="warning">{note}</Banner>;
};

type CostProps = Pick<NoteProps, 'reward' | 'item'> & { readonly change: (reward: Partner) => void };

/** What the item costs the merchant, and that it costs something else by now. */
const Cost = ({ reward, item, change }: CostProps) => {
  const { t, money } = useWriting();
  const { cost } = reward;
  if (cost === null) return null;
  const words = (of: PartnerItem['cost']): string => money(of.amountMinor, of.currency);
  const differs =
    item !== undefined && (item.cost.amountMinor !== cost.amountMinor || item.cost.currency !== cost.currency);
  return (
    <>
      <Text as="p">{t('program.reward_partner_costs', { cost: words(cost) })}</Text>
      {differs ? (
        <Banner
          tone="warning"
          action={{
            content: t('program.reward_partner_agree', { cost: words(item.cost) }),
            onAction: () => change({ ...reward, cost: item.cost }),
          }}
        >
          {t('program.reward_partner_differs', { cost: words(item.cost) })}
        </Banner>
      ) : null}
    </>
  );
};

/** A fixed price in points for something of a partner's. */
export const partner: RewardEditor<'partner'> = {
  add: 'program.add_partner',
  Fields,
};
