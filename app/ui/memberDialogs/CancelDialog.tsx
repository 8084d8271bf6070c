import { Banner, BlockStack, Modal, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { MemberPage } from '~/views/memberPage';
import { useWriting } from '../language';
import { useRedemptionName } from '../MemberCards';
import { UnsentBanner } from '../UnsentBanner';
import { useSend, type DialogProps } from './dialog';

type Props = DialogProps & {
  readonly codes: MemberPage['redemptions'];
};

/** Switches a code of the member off: its points come back once the shop says that nobody used it. */
export const CancelDialog = ({ wish, refusal, unsent, close, codes }: Props) => {
  const { t, points } = useWriting();
  const nameOf = useRedemptionName();
  const { busy, send } = useSend(wish);
  const [redemption, setRedemption] = useState<string>(codes[0]?.id ?? '');
  const chosen = codes.find(({ id }) => id === redemption);
  return (
    <Modal
      open
      onClose={close}
      title={t('member.cancel')}
      primaryAction={{
        content: t('member.cancel_do'),
        destructive: true,
        loading: busy,
        disabled: redemption === '',
        onAction: () => send({ intent: 'cancel', redemption }),
      }}
      secondaryActions={[{ content: t('common.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <UnsentBanner unsent={unsent} />
          {refusal === null || busy ? null : <Banner tone="critical">{refusal}</Banner>}
          <Text as="p">{t('member.cancel_help')}</Text>
          <Select
            label={t('member.cancel_which')}
            options={codes.map((one) => ({
              // A phone has no room for more; what it is, and for how many points, stands below the field.
              label: one.code ?? nameOf(one),
              value: one.id,
            }))}
            helpText={chosen === undefined ? undefined : [nameOf(chosen), points(chosen.points)].join(' · ')}
            value={redemption}
            onChange={setRedemption}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
};
