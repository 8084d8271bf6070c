import { BlockStack, Modal, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { ListedFulfilment } from '~/features/fulfilment/views/fulfilmentPage';
import { useWriting } from '~/ui/language';

type Props = {
  readonly item: ListedFulfilment;
  readonly send: (reason: string) => void;
  readonly close: () => void;
};

/** Why something cannot be done: the member reads it, and gets the points back. */
export const NotDoneDialog = ({ item, send, close }: Props) => {
  const { t, language, points } = useWriting();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const isMissing = reason.trim() === '';
  return (
    <Modal
      open
      onClose={close}
      title={t('fulfilment.not_done_title', { name: item.grant.name[language] })}
      primaryAction={{
        content: t('fulfilment.not_done_send'),
        destructive: true,
        onAction: () => (isMissing ? setAsked(true) : send(reason)),
      }}
      secondaryActions={[{ content: t('common.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <Text as="p">{t('fulfilment.not_done_help', { points: points(item.points) })}</Text>
          <TextField
            label={t('fulfilment.reason')}
            value={reason}
            onChange={setReason}
            autoComplete="off"
            maxLength={200}
            showCharacterCount
            error={asked && isMissing ? t('fulfilment.refused_reason_missing') : false}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
};
