import { BlockStack, InlineStack, Text } from '@shopify/polaris';
import type { ProgramDocument } from '~/core/program/document';
import { exampleOrder, worthOfExample, type Example } from '~/core/program/example';
import { linesInWords } from '~/i18n/explain';
import { basisInWords, bonusSteps } from '~/i18n/explainBonuses';
import { begun } from '~/i18n/sentences/say';
import { useWriting } from '../../language';

type Props = {
  readonly title: string;
  /** null while something is wrong with it. */
  readonly document: ProgramDocument | null;
  readonly example: Example;
};

/** What an example earns by a program, and why. */
export const Outcome = ({ title, document, example }: Props) => {
  const { t, points } = useWriting();
  const order = document === null ? null : exampleOrder(example);
  const worth = document === null || order === null ? null : worthOfExample(order, example, document);
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200">
        <Text as="h3" variant="headingSm">
          {title}
        </Text>
        {worth === null ? null : (
          <Text as="p" variant="headingSm">
            {points(worth.points)}
          </Text>
        )}
      </InlineStack>
      {worth === null ? (
        <Text as="p" tone="subdued">
          {t(document === null ? 'calculator.wrong' : 'calculator.open')}
        </Text>
      ) : (
        <Reason why={worth.why} />
      )}
    </BlockStack>
  );
};

type Why = ReturnType<typeof worthOfExample>['why'];

const Reason = ({ why }: { readonly why: Why }) => {
  const { t, points, money, ...say } = useWriting();
  if (why.worth === 'nothing')
    return (
      <Text as="p" tone="subdued">
        {begun(say, t(`why.${why.because}`))}
      </Text>
    );
  const rate = t('why.rate', {
    points: points(why.rate.points),
    amount: money(why.rate.amountMinor, why.currency),
  });
  const lines = linesInWords(why, say);
  return (
    <>
      <Text as="p" tone="subdued">
        {[`${basisInWords(why, say.language)}, ${rate}`, ...bonusSteps(why, say)].join(' · ')}
      </Text>
      {lines.map((line, index) => (
        <Text as="p" tone="subdued" key={index}>
          {line}
        </Text>
      ))}
    </>
  );
};
