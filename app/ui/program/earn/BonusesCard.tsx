import { Button, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { BonusRule } from '~/core/earning/bonusSchema';
import { newBonus } from '~/core/earning/newBonus';
import { bonusSentence } from '~/i18n/sentences/bonus';
import { useWriting } from '../../language';
import { useProgram } from '../programContext';
import { newId, RuleList, type RuleKind } from '../RuleList';
import { Section } from '../Section';
import { BonusFields } from './BonusFields';

/** Bonus rules: more points for some orders, products, days or members. */
export const BonusesCard = () => {
  const { t, ...say } = useWriting();
  const { draft, errorAt, isWrong } = useProgram();
  const { earning, tiers, segments } = draft.document;
  const [added, setAdded] = useState<readonly string[]>([]);
  const change = (bonuses: BonusRule[]): void => draft.change({ earning: { ...earning, bonuses } });
  const add = (): void => {
    const rule = newBonus(newId('bonus', earning.bonuses));
    setAdded([...added, rule.id]);
    change([...earning.bonuses, rule]);
  };
  const kind: RuleKind<BonusRule> = {
    nameOf: ({ name }) => name[say.language],
    sentenceOf: (rule) => bonusSentence(rule, say, { tiers, segments }),
    isOn: ({ enabled }) => enabled,
    switched: (rule, enabled) => ({ ...rule, enabled }),
    isOrdered: true,
  };
  return (
    <Section title={t('program.bonuses')} help={t('program.bonuses_help')}>
      {earning.bonuses.length === 0 ? <Text as="p">{t('program.bonuses_empty')}</Text> : null}
      <RuleList
        rules={earning.bonuses}
        change={change}
        kind={kind}
        opened={added}
        isWrong={(index) => isWrong(`earning.bonuses.${index}`)}
        fields={(rule, index, set) => (
          <BonusFields rule={rule} change={set} errorAt={(field) => errorAt(`earning.bonuses.${index}.${field}`)} />
        )}
      />
      <InlineStack>
        <Button onClick={add}>{t('program.add_bonus')}</Button>
      </InlineStack>
    </Section>
  );
};
