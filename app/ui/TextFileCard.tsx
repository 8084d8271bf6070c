import { Banner, BlockStack, Card, DropZone, List, Text } from '@shopify/polaris';
import { useState } from 'react';
import { Announced } from './Announced';
import { useWriting } from './language';

type Props = {
  readonly title: string;
  readonly hint: string;
  /** How a line of it is written, and an example. */
  readonly form: string;
  readonly example: string;
  readonly isBusy: boolean;
  readonly maxBytes: number;
  readonly tooLarge: string;
  /** What was wrong with the last file, sentence by sentence; empty: nothing. */
  readonly problems: readonly string[];
  /** What is said above them: that nothing was taken. */
  readonly refused: string;
  /** What the last file brought; null: none was sent. */
  readonly taken: string | null;
  readonly send: (text: string) => void;
};

/** Takes a file of lines: all of it, or nothing and why. */
export const TextFileCard = (props: Props) => {
  const { title, hint, form, example, isBusy, maxBytes, tooLarge, problems, refused, taken, send } = props;
  const { t } = useWriting();
  const [isTooLarge, setTooLarge] = useState(false);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    setTooLarge(file.size > maxBytes);
    if (file.size <= maxBytes) send(await file.text());
  };
  const shown = isTooLarge ? [tooLarge] : problems;
  const done = isBusy || shown.length > 0 ? null : taken;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        {shown.length === 0 || isBusy ? null : (
          <Banner tone="critical" title={refused}>
            <List>
              {shown.map((problem) => (
                <List.Item key={problem}>{problem}</List.Item>
              ))}
            </List>
          </Banner>
        )}
        <Announced text={done} />
        {done === null ? null : (
          <Banner tone="success" stopAnnouncements>
            {done}
          </Banner>
        )}
        <DropZone
          accept=".csv,.txt,text/csv,text/plain"
          type="file"
          allowMultiple={false}
          disabled={isBusy}
          onDropAccepted={(files) => void take(files[0])}
          label={title}
          labelHidden
        >
          <DropZone.FileUpload actionTitle={t('codes.add_file')} actionHint={hint} />
        </DropZone>
        <Text as="p" tone="subdued" variant="bodySm">
          {form} <code>{example}</code>
        </Text>
      </BlockStack>
    </Card>
  );
};
