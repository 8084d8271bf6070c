import { BlockStack, Card, ProgressBar, Text } from '@shopify/polaris';
import { linesWanted } from '~/features/pointFiles/core/reading';
import type { ImportBatch } from '~/features/pointFiles/views/importsPage';
import { useWriting } from '~/ui/language';

type Props = { readonly file: ImportBatch; readonly membersToUndo: number };

/** What is done, and of how much. */
const progressOf = (file: ImportBatch, membersToUndo: number): readonly [number, number] => {
  switch (file.state) {
    case 'posting':
      return [file.posted, linesWanted(file, file)];
    case 'checking':
      return [file.checked, file.lines];
    case 'undoing':
      return [file.undone, membersToUndo];
    default:
      return [0, 0];
  }
};

/** How far reading, checking, posting or undoing has come. */
export const ImportProgress = ({ file, membersToUndo }: Props) => {
  const { t } = useWriting();
  const [done, all] = progressOf(file, membersToUndo);
  const label =
    file.state === 'posting' || file.state === 'checking' || file.state === 'undoing'
      ? t(`imports.${file.state}`, { done, all })
      : t('imports.reading');
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
