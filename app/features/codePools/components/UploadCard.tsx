import { Banner, BlockStack, Card, DropZone, List, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useWriting } from '~/ui/language';

type Props = {
  readonly isBusy: boolean;
  /** What was wrong with the last file, sentence by sentence; empty: nothing. */
  readonly problems: readonly string[];
  /** How many codes the last file brought; null: none was sent. */
  readonly added: number | null;
  readonly send: (text: string) => void;
};

// 100,000 codes of 255 characters with a day each.
const fileMaxBytes = 27 * 1024 * 1024;

/** Takes a file of codes: all of it, or nothing and why. */
export const UploadCard = ({ isBusy, problems, added, send }: Props) => {
  const { t } = useWriting();
  const [isTooLarge, setTooLarge] = useState(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setTooLarge(file.size > fileMaxBytes);
    if (file.size <= fileMaxBytes) send(await file.text());
  };
  const shown = isTooLarge ? [t('codes.too_large')] : problems;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('codes.upload')}
        </Text>
        {shown.length === 0 || isBusy ? null : (
          <Banner tone="critical" title={t('codes.nothing_added')}>
            <List>
              {shown.map((problem) => (
                <List.Item key={problem}>{problem}</List.Item>
              ))}
            </List>
          </Banner>
        )}
        {added === null || isBusy || shown.length > 0 ? null : (
          <Banner tone="success">{t('codes.added', { count: added })}</Banner>
        )}
        <DropZone
          accept=".csv,.txt,text/csv,text/plain"
          type="file"
          allowMultiple={false}
          disabled={isBusy}
          onDropAccepted={(files) => void take(files[0])}
          label={t('codes.upload')}
          labelHidden
        >
          <DropZone.FileUpload actionTitle={t('codes.add_file')} actionHint={t('codes.hint')} />
        </DropZone>
        <Text as="p" tone="subdued" variant="bodySm">
          {t('codes.form')} <code>TICKET-7Q2K,2027-12-31</code>
        </Text>
      </BlockStack>
    </Card>
  );
};
