import { Banner, BlockStack, List, Text } from '@shopify/polaris';
import { returnRates, warningsOf, type ShopFacts } from '~/core/program/warnings';
import { bonusSentence } from '~/i18n/sentences/bonus';
import {
  basisSentences,
  capSentences,
  exclusionSentences,
  rateSentence,
  redeemingSentences,
  segmentSentence,
} from '~/i18n/sentences/earning';
import { lifeSentences, marginSentence, refundSentences } from '~/i18n/sentences/policies';
import { rewardSentence } from '~/i18n/sentences/rewards/all';
import { tell } from '~/i18n/sentences/say';
import { levelSentence, tierRuleSentences } from '~/i18n/sentences/tiers';
import { returnInWords, warningInWords } from '~/i18n/sentences/warnings';
import { useWriting } from '../../language';
import { useProgram } from '../programContext';
import { GoneThings } from '../review/GoneThings';
import { Section, Sentences } from '../Section';
import { TemplateCard } from './TemplateCard';

/** The whole program as one reads it: what it does, what it gives back, what speaks against it. */
export const OverviewPage = ({ shop }: { readonly shop: ShopFacts }) => {
  const { t, ...say } = useWriting();
  const { document, valid } = useProgram().draft;
  const { earning, tiers, segments, policies } = document;
  const bonuses = earning.bonuses.filter(({ enabled }) => enabled);
  const rewards = document.rewards.filter(({ enabled }) => enabled);
  const edit = (tab: string) => ({ content: t('program.edit'), url: `/app/program/${tab}` });
  return (
    <BlockStack gap="400">
      <GoneThings document={document} />
      {valid === null ? null : <Warnings all={warningsOf(valid, shop).map((one) => warningInWords(one, say))} />}
      <Section title={t('program.earn')} action={edit('earn')}>
        <Sentences
          all={[
            ...earning.rates.map((rate) => rateSentence(rate, say)),
            ...bonuses.map((rule) => bonusSentence(rule, say, { tiers, segments })),
            ...segments.map((segment) => segmentSentence(segment, say)),
            ...capSentences(earning.caps, say),
            ...exclusionSentences(earning.exclude, say),
            ...basisSentences(earning, say),
          ]}
        />
      </Section>
      <Section title={t('program.tab_tiers')} action={edit('tiers')}>
        {tiers === null ? (
          <Text as="p">{t('sentence.tiers_none')}</Text>
        ) : (
          <Sentences
            all={[...tiers.levels.map((level) => levelSentence(level, tiers, say)), ...tierRuleSentences(tiers, say)]}
          />
        )}
      </Section>
      <Section title={t('program.rewards')} action={edit('rewards')}>
        {rewards.length === 0 ? (
          <Text as="p">{t('program.rewards_empty')}</Text>
        ) : (
          <Sentences
            all={[
              ...redeemingSentences(document.redeeming, say),
              ...rewards.map((reward) => rewardSentence(reward, say, document)),
            ]}
          />
        )}
      </Section>
      {valid === null ? null : (
        <Returns all={returnRates(valid, say.currency).map((rate) => returnInWords(rate, say))} />
      )}
      <Section title={t('program.tab_policies')} action={edit('policies')}>
        <Sentences
          all={[
            ...lifeSentences(policies, say),
            ...refundSentences(policies, say),
            marginSentence(policies, say),
            tell(say, 'sentence.zone', { zone: document.timeZone }),
          ]}
        />
      </Section>
      <TemplateCard today={shop.today} />
    </BlockStack>
  );
};

/** What speaks against a program that is right: nothing when there is nothing. */
export const Warnings = ({ all }: { readonly all: readonly string[] }) => {
  const { t } = useWriting();
  if (all.length === 0) return null;
  return (
    <Banner tone="warning" title={t('program.warnings')}>
      <List>
        {all.map((warning) => (
          <List.Item key={warning}>{warning}</List.Item>
        ))}
      </List>
    </Banner>
  );
};

const Returns = ({ all }: { readonly all: readonly string[] }) => {
  const { t } = useWriting();
  return all.length === 0 ? null : (
    <Section title={t('program.returns')}>
      <Sentences all={all} />
    </Section>
  );
};
