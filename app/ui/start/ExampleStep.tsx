import { BlockStack, Text } from '@shopify/polaris';
import type { ProgramDocument } from '~/core/program/document';
import { exampleOrder, plainLine, worthOfExample, type Example } from '~/core/program/example';
import { worthOfPoints } from '~/core/program/pointValue';
import { ordinaryUnit } from '~/core/values/money';
import { formatPoints } from '~/i18n/format';
import { useWriting } from '../language';
import { Step } from './Step';

const exampleUnits = 50;

type Props = { readonly document: ProgramDocument; readonly today: string };

/** What an order of 50.00 earns by the program that is chosen, what that costs, and what it earns in each tier. */
export const ExampleStep = ({ document, today }: Props) => {
  const { t, language, money, percent, currency, timeZone } = useWriting();
  const amountMinor = exampleUnits * ordinaryUnit(currency);
  const earnedBy = (tier: string | null): number => {
    const moment = { day: today, time: '12:00', zone: timeZone };
    const example: Example = {
      lines: [plainLine(amountMinor)],
      currency,
      ...moment,
      tier,
      orderNumber: 1,
      storeId: null,
      segment: null,
    };
    const order = exampleOrder(example);
    return order === null ? 0 : worthOfExample(order, example, document).points;
  };
  const points = (count: number): string => formatPoints(language, count, document.names);
  const earned = earnedBy(null);
  const worth = worthOfPoints(document, earned, currency);
  const said = { order: money(amountMinor), points: points(earned) };
  return (
    <Step number={3} title={t('start.earn')} help={t('start.earn_help')}>
      <BlockStack gap="200">
        <Text as="p" variant="bodyLg">
          {worth === 0
            ? t('start.example_plain', said)
            : t('start.example', { ...said, worth: money(worth), percent: percent(worth / amountMinor) })}
        </Text>
        {(document.tiers?.levels ?? []).map(({ id, name }) => (
          <Text as="p" key={id}>
            {t('start.example_tier', { tier: name[language], points: points(earnedBy(id)) })}
          </Text>
        ))}
        {!document.rewards.some(({ enabled }) => enabled) ? <Text as="p">{t('start.no_reward')}</Text> : null}
      </BlockStack>
    </Step>
  );
};
