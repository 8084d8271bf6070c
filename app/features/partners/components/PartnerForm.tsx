import { Banner, BlockStack, Button, Card, InlineStack, Select, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { PartnerCard } from '~/features/partners/views/partnerPages';
import { useWriting } from '~/ui/language';
import { PartnerContract } from './PartnerContract';

type Written = {
  readonly name: string;
  readonly kind: PartnerCard['kind'];
  readonly address: string;
  readonly secret: string;
};

type Props = {
  /** null: a new one. */
  readonly partner: PartnerCard | null;
  readonly isBusy: boolean;
  readonly refusal: string | null;
  readonly send: (written: Written) => void;
};

/** Who a partner is, and how it is spoken with. A secret that is kept is never shown. */
export const PartnerForm = ({ partner, isBusy, refusal, send }: Props) => {
  const { t } = useWriting();
  const [written, setWritten] = useState<Written>({
    ...{ name: partner?.name ?? '', kind: partner?.kind ?? 'file' },
    ...{ address: partner?.address ?? '', secret: '' },
  });
  const change = (part: Partial<Written>): void => setWritten({ ...written, ...part });
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t(partner === null ? 'partners.add' : 'partners.set_up')}
        </Text>
        {refusal === null || isBusy ? null : <Banner tone="critical">{refusal}</Banner>}
        <TextField
          label={t('partners.name')}
          value={written.name}
          onChange={(name) => change({ name })}
          maxLength={60}
          autoComplete="off"
        />
        {partner !== null ? null : (
          <Select
            label={t('partners.kind')}
            options={(['file', 'http'] as const).map((value) => ({ value, label: t(`partners.kind_${value}`) }))}
            value={written.kind}
            onChange={(kind) => change({ kind: kind === 'http' ? 'http' : 'file' })}
          />
        )}
        {written.kind === 'file' ? null : (
          <>
            <TextField
              label={t('partners.address')}
              value={written.address}
              onChange={(address) => change({ address })}
              placeholder="https://"
              helpText={t('partners.address_help')}
              type="url"
              maxLength={500}
              autoComplete="off"
            />
            <TextField
              label={t('partners.secret')}
              value={written.secret}
              onChange={(secret) => change({ secret })}
              helpText={t(partner === null ? 'partners.secret_help' : 'partners.secret_kept')}
              type="password"
              maxLength={500}
              autoComplete="off"
            />
            <PartnerContract />
          </>
        )}
        <InlineStack align="end">
          <Button variant="primary" loading={isBusy} onClick={() => send(written)}>
            {t(partner === null ? 'partners.add_send' : 'partners.save')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
};
