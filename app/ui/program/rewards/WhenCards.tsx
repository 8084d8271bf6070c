import { FormLayout, Select } from '@shopify/polaris';
import { useState } from 'react';
import { limitPeriods, type LimitPeriod } from '~/core/rewards/conditions';
import type { LocalDays } from '~/core/values/fields';
import { begun } from '~/i18n/sentences/say';
import { useWriting } from '../../language';
import { FieldGrid, MomentField, OptionalNumberField } from '../fields';
import { useProgram } from '../programContext';
import { Section } from '../Section';
import type { RewardCardProps } from './rewardFields';

const orNone = (day: string): string | null => (day === '' ? null : day);

/** From which local day to which a reward is on offer. */
export const WindowCard = ({ reward, change, errorAt }: RewardCardProps) => {
  const { t } = useWriting();
  const { timeZone } = useProgram().draft.document;
  const { from, to } = reward.window ?? { from: null, to: null };
  const set = (window: LocalDays): void =>
    change({ ...reward, window: window.from === null && window.to === null ? null : window });
  return (
    <Section title={t('reward.when')} help={t('reward.when_help', { zone: timeZone })}>
      <FormLayout>
        <FieldGrid>
          <MomentField
            type="date"
            label={t('program.first_day')}
            value={from ?? ''}
            onChange={(day) => set({ from: orNone(day), to })}
            error={errorAt('window.from')}
          />
          <MomentField
            type="date"
            label={t('program.last_day')}
            value={to ?? ''}
            onChange={(day) => set({ from, to: orNone(day) })}
            error={errorAt('window.to')}
          />
        </FieldGrid>
      </FormLayout>
    </Section>
  );
};

/** How often a reward can be taken: by each member in a time, and by all together. */
export const LimitsCard = ({ reward, change, errorAt }: RewardCardProps) => {
  const { t, ...say } = useWriting();
  const { limits } = reward;
  const { perMember } = limits;
  // Chosen before there is a number: it waits for it.
  const [period, setPeriod] = useState<LimitPeriod>(perMember?.per ?? 'month');
  const setCount = (count: number | null): void =>
    change({ ...reward, limits: { ...limits, perMember: count === null ? null : { count, per: period } } });
  const choosePeriod = (per: LimitPeriod): void => {
    setPeriod(per);
    if (perMember !== null) change({ ...reward, limits: { ...limits, perMember: { ...perMember, per } } });
  };
  return (
    <Section title={t('reward.how_often')} help={t('reward.how_often_help')}>
      <FormLayout>
        <FieldGrid>
          <OptionalNumberField
            label={t('reward.limit_count')}
            value={perMember?.count ?? null}
            onChange={setCount}
            error={errorAt('limits.perMember.count')}
          />
          <Select
            label={t('reward.limit_per')}
            value={period}
            options={limitPeriods.map((value) => ({ value, label: begun(say, t(`reward.limit_per_${value}`)) }))}
            onChange={(value) => choosePeriod(limitPeriods.find((one) => one === value) ?? period)}
          />
          <OptionalNumberField
            label={t('reward.limit_total')}
            value={limits.total}
            onChange={(total) => change({ ...reward, limits: { ...limits, total } })}
            error={errorAt('limits.total')}
          />
        </FieldGrid>
      </FormLayout>
    </Section>
  );
};
