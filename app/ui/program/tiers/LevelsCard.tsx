import { Button, InlineError, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { newLevel } from '~/core/tiers/newTiers';
import type { TierLevel, Tiers } from '~/core/tiers/section';
import { levelSentence } from '~/i18n/sentences/tiers';
import { dayAndTime } from '~/i18n/format';
import { useWriting } from '../../language';
import { keptBy } from '../keptBy';
import { useProgram } from '../programContext';
import { newId, RuleList, type RuleKind } from '../RuleList';
import { Section } from '../Section';
import { LevelFields } from './LevelFields';
import { TierPicture } from './LookFields';
import { useTierSizes, type CountTiers } from './useTierSizes';

type Props = {
  readonly tiers: Tiers;
  readonly change: (tiers: Tiers) => void;
  /** To how many members staff gave each tier. */
  readonly byStaff: Readonly<Record<string, number>>;
  readonly count?: CountTiers | undefined;
};

/** The levels, lowest first, each with its sentence and, once they were counted, its members. */
export const LevelsCard = ({ tiers, change, byStaff, count }: Props) => {
  const { t, ...say } = useWriting();
  const { draft, published, errorAt, isWrong } = useProgram();
  const counting = useTierSizes(draft.valid, count);
  const [added, setAdded] = useState<readonly string[]>([]);
  const { levels } = tiers;
  const add = (): void => {
    // A level that was there before is remembered by its id: a new one takes no old one's.
    const before = [...(published.document.tiers?.levels ?? []), ...added.map((one) => ({ id: one }))];
    const id = newId('tier', [...levels, ...before]);
    setAdded([...added, id]);
    change({ ...tiers, levels: [...levels, newLevel(id, tiers)] });
  };
  const kind: RuleKind<TierLevel> = {
    nameOf: ({ name }) => name[say.language],
    sentenceOf: (level) => levelSentence(level, tiers, say),
    mark: (level) => <TierPicture icon={level.icon} color={level.color} />,
    aside: ({ id }) => {
      const size = counting.isOld ? undefined : counting.sizes?.levels[id];
      return size === undefined ? null : <Text as="span">{t('tiers.size', { count: size })}</Text>;
    },
    isOrdered: true,
    keptBy: (level) => {
      const given = byStaff[level.id] ?? 0;
      if (given > 0) return t('tiers.by_staff', { name: level.name[say.language], count: given });
      return keptBy(draft.document, 'tier', level, say) ?? (levels.length === 1 ? t('tiers.last') : null);
    },
  };
  return (
    <Section title={t('program.tab_tiers')} help={t('tiers.levels_help')}>
      <RuleList
        rules={levels}
        change={(next) => change({ ...tiers, levels: next })}
        kind={kind}
        opened={added}
        isWrong={(index) => isWrong(`tiers.levels.${index}`)}
        fields={(level, index, set) => (
          <LevelFields
            level={level}
            tiers={tiers}
            change={set}
            errorAt={(field) => errorAt(`tiers.levels.${index}.${field}`)}
          />
        )}
      />
      <InlineStack gap="200">
        <Button onClick={add} disabled={levels.length >= levelsMax}>
          {t('tiers.add')}
        </Button>
        <Button onClick={counting.ask} loading={counting.state === 'busy'} disabled={draft.valid === null}>
          {t('tiers.count')}
        </Button>
      </InlineStack>
      <Counted counting={counting} isValid={draft.valid !== null} />
    </Section>
  );
};

const levelsMax = 20;

type CountedProps = { readonly counting: ReturnType<typeof useTierSizes>; readonly isValid: boolean };

/** When was counted, and what that is worth now. */
const Counted = ({ counting: { sizes, isOld, state }, isValid }: CountedProps) => {
  const { t, language, timeZone } = useWriting();
  if (state === 'failed') return <InlineError message={t('tiers.count_failed')} fieldID="tier-sizes" />;
  const words = (): string => {
    if (!isValid) return t('tiers.count_wrong');
    if (sizes === null) return t('tiers.sizes');
    if (isOld) return t('tiers.count_old');
    const { time } = dayAndTime(language, sizes.at, timeZone);
    const counted = t('tiers.counted', { time, count: sizes.none });
    return sizes.isEstimate ? `${counted} ${t('tiers.estimate')}` : counted;
  };
  return (
    <div role="status">
      <Text as="p" tone="subdued">
        {words()}
      </Text>
    </div>
  );
};
