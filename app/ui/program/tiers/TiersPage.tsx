import { BlockStack, Button, InlineError, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { namersOf } from '~/core/program/namedIds';
import { newTiers } from '~/core/tiers/newTiers';
import type { Tiers } from '~/core/tiers/section';
import { useWriting } from '../../language';
import { keptBy } from '../keptBy';
import { useProgram } from '../programContext';
import { Section } from '../Section';
import { LevelsCard } from './LevelsCard';
import { TierRulesCard } from './TierRulesCard';
import type { CountTiers } from './useTierSizes';

type Props = {
  /** To how many members staff gave each tier. */
  readonly byStaff: Readonly<Record<string, number>>;
  readonly count?: CountTiers;
};

/** The tiers of the program and what they give. */
export const TiersPage = ({ byStaff, count }: Props) => {
  const { draft, published } = useProgram();
  const { tiers } = draft.document;
  // Switched off by mistake, they come back as they were.
  const [before, setBefore] = useState<Tiers | null>(published.document.tiers);
  const change = (next: Tiers | null): void => draft.change({ tiers: next });
  const switchOff = (): void => {
    setBefore(tiers);
    change(null);
  };
  return (
    <BlockStack gap="400">
      {tiers === null ? (
        <NoTiers before={before} start={change} />
      ) : (
        <>
          <LevelsCard tiers={tiers} change={change} byStaff={byStaff} count={count} />
          <TierRulesCard tiers={tiers} change={change}>
            <SwitchOff tiers={tiers} byStaff={byStaff} switchOff={switchOff} />
          </TierRulesCard>
        </>
      )}
    </BlockStack>
  );
};

type NoTiersProps = { readonly before: Tiers | null; readonly start: (tiers: Tiers) => void };

const NoTiers = ({ before, start }: NoTiersProps) => {
  const { t, currency } = useWriting();
  return (
    <Section title={t('program.tab_tiers')} help={t('program.tiers_help')}>
      <Text as="p">{t('program.tiers_empty')}</Text>
      <Text as="p" tone="subdued">
        {t('tiers.start_help')}
      </Text>
      <InlineStack gap="200">
        {before === null ? null : <Button onClick={() => start(before)}>{t('tiers.bring_back')}</Button>}
        <Button variant={before === null ? 'primary' : 'secondary'} onClick={() => start(newTiers(currency))}>
          {t('tiers.start')}
        </Button>
      </InlineStack>
    </Section>
  );
};

type OffProps = {
  readonly tiers: Tiers;
  readonly byStaff: Readonly<Record<string, number>>;
  readonly switchOff: () => void;
};

const SwitchOff = ({ tiers: { levels }, byStaff, switchOff }: OffProps) => {
  const { t, ...say } = useWriting();
  const { draft } = useProgram();
  const [isAsked, setAsked] = useState(false);
  const { bonuses, rewards } = namersOf(
    draft.document,
    'tier',
    levels.map(({ id }) => id),
  );
  const given = levels.find(({ id }) => (byStaff[id] ?? 0) > 0);
  const isKept = given !== undefined || bonuses.length + rewards.length > 0;
  const why = (): string[] => [
    ...(given === undefined
      ? []
      : [t('tiers.by_staff', { name: given.name[say.language], count: byStaff[given.id] ?? 0 })]),
    ...levels.flatMap((level) => keptBy(draft.document, 'tier', level, say) ?? []),
  ];
  return (
    <BlockStack gap="200">
      <InlineStack>
        <Button variant="plain" tone="critical" onClick={() => (isKept ? setAsked(true) : switchOff())}>
          {t('tiers.off')}
        </Button>
      </InlineStack>
      {isAsked && isKept ? why().map((one) => <InlineError key={one} message={one} fieldID="tiers-off" />) : null}
    </BlockStack>
  );
};
