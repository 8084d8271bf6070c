import { useNavigation, useSubmit } from '@remix-run/react';
import { Badge, BlockStack, Box, Button, Card, InlineStack, Modal, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { ImportBatch } from '~/features/pointFiles/views/importsPage';
import { useWriting } from '~/ui/language';

/** The files that were imported; each can be taken back as a whole. */
export const ImportHistory = ({ files }: { readonly files: readonly ImportBatch[] }) => {
  const { t, dateTime, points } = useWriting();
  const submit = useSubmit();
  const busy = useNavigation().state !== 'idle';
  const [asked, setAsked] = useState<ImportBatch | null>(null);
  if (files.length === 0) return null;
  const undo = (): void => {
    if (asked !== null) submit({ intent: 'undo', id: asked.id }, { method: 'post' });
    setAsked(null);
  };
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          {t('imports.history')}
        </Text>
        <BlockStack as="ul" gap="0">
          {files.map((file, index) => (
            <Box
              as="li"
              key={file.id}
              paddingBlock="300"
              borderColor="border"
              {...(index === 0 ? {} : { borderBlockStartWidth: '025' as const })}
            >
              <InlineStack align="space-between" blockAlign="center" gap="300">
                <BlockStack gap="050">
                  {/* Without a word of its own it takes over how the row around it is aligned. */}
                  <InlineStack align="start" gap="200" blockAlign="center">
                    <Text as="span" fontWeight="semibold">
                      {file.fileName}
                    </Text>
                    <Badge tone={file.state === 'done' ? 'success' : 'info'}>{t(`imports.state_${file.state}`)}</Badge>
                  </InlineStack>
                  <Text as="span" tone="subdued" variant="bodySm">
                    {[
                      dateTime(file.createdAt),
                      t('imports.posted_lines', { count: file.posted }),
                      points(file.postedPoints),
                    ].join(' · ')}
                  </Text>
                </BlockStack>
                {file.state === 'done' ? (
                  <Button disabled={busy} onClick={() => setAsked(file)}>
                    {t('imports.undo')}
                  </Button>
                ) : null}
              </InlineStack>
            </Box>
          ))}
        </BlockStack>
      </BlockStack>
      <Modal
        open={asked !== null}
        onClose={() => setAsked(null)}
        title={t('imports.undo_title', { name: asked?.fileName ?? '' })}
        primaryAction={{ content: t('imports.undo'), destructive: true, onAction: undo }}
        secondaryActions={[{ content: t('common.cancel'), onAction: () => setAsked(null) }]}
      >
        <Modal.Section>
          <Text as="p">{t('imports.undo_help')}</Text>
        </Modal.Section>
      </Modal>
    </Card>
  );
};
