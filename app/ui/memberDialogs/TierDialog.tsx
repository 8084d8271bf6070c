import { Banner, BlockStack, Modal, Select, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { MemberPage } from '~/views/memberPage';
import { useWriting } from '../language';
import { UnsentBanner } from '../UnsentBanner';
import { AnsweredField, useSend, type DialogProps } from './dialog';

/** Gives a tier, with a reason and an end. */
export const TierDialog = ({
  wish,
  refusal,
  unsent,
  close,
  tiers,
}: DialogProps & { readonly tiers: NonNullable<MemberPage['tiers']> }) => {
  const { t, language } = useWriting();
  const { busy, send } = useSend(wish);
  const [tierId, setTierId] = useState(tiers.current ?? tiers.levels[0]?.id ?? '');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const reasonError = reason.trim() === '' ? t('member.refused_no_reason') : undefined;
  const confirm = (): void => {
    setTried(true);
    if (reasonError === undefined) send({ intent: 'tier', tierId, until, reason });
  };
  return (
    <Modal
      open
      onClose={close}
      title={t('member.tier')}
      primaryAction={{
        content: t('member.tier_do'),
        loading: busy,
        onAction: confirm,
      }}
      secondaryActions={[{ content: t('common.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <UnsentBanner unsent={unsent} />
          {refusal === null || busy ? null : <Banner tone="critical">{refusal}</Banner>}
          <Select
            label={t('member.tier_which')}
            options={[
              { label: t('member.no_tier'), value: '' },
              ...tiers.levels.map(({ id, name }) => ({ label: name[language], value: id })),
            ]}
            value={tierId}
            onChange={setTierId}
          />
          <TextField
            label={t('member.tier_until')}
            helpText={t('member.tier_until_help')}
            type="date"
            value={until}
            onChange={setUntil}
            autoComplete="off"
          />
          <AnsweredField
            label={t('member.tier_reason')}
            value={reason}
            onChange={setReason}
            error={reasonError}
            shown={tried}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
};
