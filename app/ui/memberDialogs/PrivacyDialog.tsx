import { Banner, BlockStack, Checkbox, Modal, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useWriting } from '../language';
import { UnsentBanner } from '../UnsentBanner';
import { useSend, type DialogProps } from './dialog';

type Props = DialogProps & { readonly what: 'data' | 'erase' };

/**
 * In the name of the customer: a file with everything that is held, or the erasure of everything by which the customer
 * can be recognised, which needs a tick.
 */
export const PrivacyDialog = ({ wish, refusal, unsent, close, what }: Props) => {
  const { t } = useWriting();
  const { busy, send } = useSend(wish);
  const [understood, setUnderstood] = useState(false);
  const erases = what === 'erase';
  return (
    <Modal
      open
      onClose={close}
      title={t(`member.${what}`)}
      primaryAction={{
        content: t(`member.${what}_do`),
        destructive: erases,
        loading: busy,
        disabled: erases && !understood,
        onAction: () => send({ intent: what }),
      }}
      secondaryActions={[{ content: t('common.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <UnsentBanner unsent={unsent} />
          {refusal === null || busy ? null : <Banner tone="critical">{refusal}</Banner>}
          <Text as="p">{t(`member.${what}_help`)}</Text>
          {erases ? (
            <>
              <Text as="p">{t('member.erase_shop')}</Text>
              <Checkbox label={t('member.erase_understood')} checked={understood} onChange={setUnderstood} />
            </>
          ) : null}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
};
