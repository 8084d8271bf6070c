import { Banner, BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import { formatNumber } from '~/i18n/catalog';
import type { ImportBatch, ProblemCount, ProblemLine } from '~/features/pointFiles/views/importsPage';
import { ImportDecision } from './ImportDecision';
import { ImportProblems } from './ImportProblems';
import { ImportReading } from './ImportReading';
import { useWriting } from '~/ui/language';

type Props = {
  readonly file: ImportBatch;
  readonly problems: readonly ProblemLine[];
  readonly counts: readonly ProblemCount[];
  readonly worthMinor: number;
  readonly sameAs: ImportBatch | null;
  readonly refusal: string | null;
};

/**
 * What a file would do, before it does anything: how it was read, sums and their worth, every line that is wrong, and
 * the choices.
 */
export const ImportReview = ({ file, problems, counts, worthMinor, sameAs, refusal }: Props) => {
  const { t, points, date, money, language } = useWriting();
  const silent = file.lines - file.good - file.bad - file.zeros;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('imports.review', { name: file.fileName })}
        </Text>
        {refusal === null ? null : <Banner tone="critical">{refusal}</Banner>}
        {sameAs === null ? null : (
          <Banner tone="warning">{t('imports.same_file', { date: date(sameAs.createdAt) })}</Banner>
        )}
        <InlineGrid columns={{ xs: 1, sm: 3 }} gap="300">
          <Figure label={t('imports.lines_good')} value={formatNumber(language, file.good)} />
          <Figure label={t('imports.lines_bad')} value={formatNumber(language, file.bad)} />
          <Figure
            label={t('imports.sum')}
            value={points(file.points)}
            more={worthMinor === 0 ? null : t('imports.worth', { worth: money(worthMinor) })}
          />
        </InlineGrid>
        {file.zeros === 0 ? null : <Text as="p">{t('imports.lines_zero', { count: file.zeros })}</Text>}
        {silent === 0 ? null : <Text as="p">{t('imports.lines_silent', { count: silent })}</Text>}
        {file.reading === null ? null : <ImportReading reading={file.reading} />}
        {problems.length === 0 ? null : <ImportProblems problems={problems} counts={counts} all={file.bad} />}
        <ImportDecision file={file} />
      </BlockStack>
    </Card>
  );
};

const Figure = ({
  label,
  value,
  more = null,
}: {
  readonly label: string;
  readonly value: string;
  readonly more?: string | null;
}) => (
  <BlockStack gap="050">
    <Text as="span" tone="subdued" variant="bodySm">
      {label}
    </Text>
    <Text as="span" variant="headingMd" numeric>
      {value}
    </Text>
    {more === null ? null : (
      <Text as="span" tone="subdued" variant="bodySm">
        {more}
      </Text>
    )}
  </BlockStack>
);
