import { BlockStack, Button, InlineError, InlineStack, Text, Thumbnail } from '@shopify/polaris';
import { useEffect, useId, useState } from 'react';
import { useErrorsShown } from '../fields';
import { useWriting } from '../language';
import { useHydrated } from '../useHydrated';
import { AskAgain } from './AskAgain';
import { ListField } from './fields';
import { canPick, pickThings } from './shopPicker';
import { useThings, type ThingKind } from './things';

type Props = {
  /** What is chosen: products, or collections. */
  readonly kind: ThingKind;
  readonly label: string;
  readonly help?: string;
  /** Their ids at the platform. */
  readonly ids: readonly string[];
  readonly onChange: (ids: string[]) => void;
  readonly error?: string | undefined;
  /** How many can be chosen. */
  readonly most?: number;
};

/**
 * Products or collections of the shop: with their names and pictures, and chosen in the shop's own list. Where there is
 * no such list, their ids are written.
 */
export const ResourceField = (props: Props) => {
  const { kind, label, ids, onChange, help } = props;
  const { t } = useWriting();
  const { want } = useThings();
  const hydrated = useHydrated();
  useEffect(() => want(kind, ids), [want, kind, ids]);
  if (!hydrated || canPick()) return <Picked {...props} />;
  return (
    <BlockStack gap="200">
      <ListField
        label={label}
        help={[help, t('shop.ids_help')].filter(Boolean).join(' ')}
        values={ids}
        onChange={onChange}
        error={props.error}
      />
      <ThingList kind={kind} ids={ids} />
    </BlockStack>
  );
};

const Picked = ({ kind, label, help, ids, onChange, error, most = 1000 }: Props) => {
  const { t } = useWriting();
  const { learn } = useThings();
  const [left, setLeft] = useState(false);
  const [isClosed, setClosed] = useState(false);
  const all = useErrorsShown();
  const name = useId();
  const choose = async (): Promise<void> => {
    setClosed(false);
    try {
      const chosen = await pickThings(kind, ids, most);
      if (chosen !== null) {
        learn(kind, chosen);
        onChange(chosen.map(({ id }) => id));
      }
    } catch {
      setClosed(true);
    }
    setLeft(true);
  };
  const shown = isClosed ? t('shop.not_opened') : (left || all) && error !== undefined ? error : undefined;
  return (
    <div role="group" aria-labelledby={name}>
      <BlockStack gap="200">
        <Text as="p" id={name}>
          {label}
        </Text>
        {ids.length === 0 ? (
          <Text as="p" tone="subdued">
            {t(`shop.no_${kind}`)}
          </Text>
        ) : (
          <ThingList kind={kind} ids={ids} remove={(id) => onChange(ids.filter((one) => one !== id))} />
        )}
        <InlineStack>
          <Button onClick={() => void choose()} accessibilityLabel={`${t(`shop.choose_${kind}`)}: ${label}`}>
            {t(`shop.choose_${kind}`)}
          </Button>
        </InlineStack>
        {help === undefined ? null : (
          <Text as="p" tone="subdued">
            {help}
          </Text>
        )}
        {shown === undefined ? null : <InlineError message={shown} fieldID={name} />}
      </BlockStack>
    </div>
  );
};

const shownFirst = 8;

type ListProps = {
  readonly kind: ThingKind;
  readonly ids: readonly string[];
  readonly remove?: (id: string) => void;
};

const ThingList = ({ kind, ids, remove }: ListProps) => {
  const { t } = useWriting();
  const { thingOf, askAgain } = useThings();
  const [isWhole, setWhole] = useState(false);
  // What is gone is in sight, wherever in the list it stands.
  const shown = isWhole ? ids : ids.filter((id, index) => index < shownFirst || thingOf(kind, id) === null);
  const isMissing = askAgain !== null && ids.some((id) => thingOf(kind, id) === undefined);
  return (
    <BlockStack gap="200">
      {shown.map((id) => (
        <ThingRow key={id} kind={kind} id={id} {...(remove === undefined ? {} : { remove: () => remove(id) })} />
      ))}
      {ids.length > shown.length ? (
        <InlineStack>
          <Button variant="plain" onClick={() => setWhole(true)}>
            {t('shop.show_all', { count: ids.length - shown.length })}
          </Button>
        </InlineStack>
      ) : null}
      {isMissing ? <AskAgain words={t('shop.away')} ask={askAgain} /> : null}
    </BlockStack>
  );
};

type RowProps = { readonly kind: ThingKind; readonly id: string; readonly remove?: () => void };

const ThingRow = ({ kind, id, remove }: RowProps) => {
  const { t } = useWriting();
  const thing = useThings().thingOf(kind, id);
  const name = thing?.title ?? id;
  return (
    <InlineStack gap="300" blockAlign="center" wrap={false}>
      <Thumbnail size="small" source={thing?.picture ?? NoPicture} alt="" />
      <div style={{ flex: 1, minWidth: 0 }}>
        {/* What is gone has no name any more; its number only helps where numbers are written. */}
        {thing === null && remove !== undefined ? null : (
          <Text as="p" tone={thing === undefined ? 'subdued' : 'base'} breakWord>
            {name}
          </Text>
        )}
        {thing === null ? (
          <Text as="p" tone="critical">
            {t(`shop.gone_${kind}`)}
          </Text>
        ) : null}
      </div>
      {remove === undefined ? null : (
        <Button variant="plain" onClick={remove} accessibilityLabel={t(`shop.remove_${kind}`, { name })}>
          {t('program.remove')}
        </Button>
      )}
    </InlineStack>
  );
};

// A frame with hills and a sun: nothing has to be fetched for it.
const NoPicture = () => (
  <svg viewBox="0 0 20 20" aria-hidden="true" fill="none" stroke="#8a8a8a" strokeWidth="1.5" strokeLinejoin="round">
    <rect x="3" y="4" width="14" height="12" rx="2" />
    <circle cx="7.5" cy="8.5" r="1.25" />
    <path d="m4 14 4-3.5 3 2.5 2.5-2.5 2.5 2.5" />
  </svg>
);
