import { BlockStack, Card, ProgressBar, Text } from '@shopify/polaris';
import { linesWanted } from '~/features/pointFiles/core/reading';
import type { ImportBatch } from '~/features/pointFiles/views/importsPage';
import { useWriting } from '~/ui/language';

/** How far reading, checking, posting or undoing has come. */
export const ImportProgress = ({ file }: { readonly file: ImportBatch }) => {
  const { t } = useWriting();
  const wanted = linesWanted(file, file);
  const [done, all] =
    file.state === 'posting' ? [file.posted, wanted] : file.state === 'checking' ? [file.checked, file.lines] : [0, 0];
  const label =
    file.state === 'posting' || file.state === 'checking'
      ? t(`imports.${file.state}`, { done, all })
      : t(file.state === 'undoing' ? 'imports.undoing' : 'imports.reading');
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {file.fileName}
        </Text>
        <Text as="p">{label}</Text>
        <ProgressBar progress={all === 0 ? 2 : Math.round(Math.min(100, (100 * done) / all))} size="small" />
        <Text as="p" tone="subdued" variant="bodySm">
          {t('imports.may_leave')}
        </Text>
      </BlockStack>
    </Card>
  );
};
