import { Banner, BlockStack, List, Text } from '@shopify/polaris';
import type { Reading, SampleLine } from '~/features/pointFiles/core/reading';
import { useWriting } from '~/ui/language';

const encodings = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252',
} as const;
const marks = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** How a file was read: letters, columns that are used and those that are not, the first lines. */
export const ImportReading = ({ reading }: { readonly reading: Reading }) => {
  const { t } = useWriting();
  const { encoding, delimiter, hasHeader, used, ignored, dateOrder, sample } = reading;
  const mark = marks[delimiter as keyof typeof marks];
  const columns = used.map(({ name, as }) => `${name} → ${t(`imports.role_${as}`)}`).join(' · ');
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('imports.read_as')}
      </Text>
      {ignored.length === 0 ? null : (
        <Banner tone="info">
          {t('imports.columns_ignored', { count: ignored.length, names: ignored.join(', ') })}
        </Banner>
      )}
      {encoding === 'windows-1252' ? <Banner tone="warning">{t('imports.western')}</Banner> : null}
      <List>
        {hasHeader ? (
          <List.Item>{t('imports.columns_used', { columns })}</List.Item>
        ) : (
          <List.Item>{t('imports.without_header')}</List.Item>
        )}
        <List.Item>{t('imports.form', { encoding: encodings[encoding], mark: t(`imports.mark_${mark}`) })}</List.Item>
        {dateOrder === null ? null : <List.Item>{t(`imports.dates_${dateOrder}`)}</List.Item>}
      </List>
      {sample.length === 0 ? null : (
        <>
          <Text as="h3" variant="headingSm">
            {t('imports.sample')}
          </Text>
          <BlockStack as="ul" gap="100">
            {sample.map((line) => (
              <li key={line.line} style={{ overflowWrap: 'anywhere' }}>
                <Text as="span" tone="subdued">
                  {t('imports.sample_line', { line: line.line })}
                </Text>{' '}
                <SampleWords line={line} />
              </li>
            ))}
          </BlockStack>
        </>
      )}
    </BlockStack>
  );
};

const SampleWords = ({ line }: { readonly line: SampleLine }) => {
  const { t, points, date } = useWriting();
  if ('problem' in line) return <Text as="span">{t(`imports.kind_${line.problem.kind}`)}</Text>;
  if ('says' in line) return <Text as="span">{t('imports.sample_nothing')}</Text>;
  const { who, from, until, note } = line;
  const more = [
    ...(from === null ? [] : [t('imports.sample_from', { date: date(from) })]),
    // The end is the first moment at which the points are gone: the day before is the last one.
    ...(until === null ? [] : [t('imports.sample_until', { date: date(until - 1) })]),
    ...(note === null ? [] : [note]),
  ];
  return (
    <Text as="span">
      {who} · <strong>{points(line.points)}</strong>
      {more.map((one) => ` · ${one}`).join('')}
    </Text>
  );
};
