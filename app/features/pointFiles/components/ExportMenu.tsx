import { useAppBridge } from '@shopify/app-bridge-react';
import { useState } from 'react';
import type { MessageKey } from '~/i18n/catalog';
import { useWriting } from '~/ui/language';
import { MenuButton } from '~/ui/MenuButton';
import { saveFile } from '~/ui/saveFile';

const offered = ['members', 'open-points', 'entry', 'lot', 'order', 'redemption', 'everything'] as const;

/** What the merchant owns as files; eight and more would get a search field in the header. */
export const ExportMenu = () => {
  const { t } = useWriting();
  const shopify = useAppBridge();
  const [busy, setBusy] = useState(false);
  const save = async (name: string): Promise<void> => {
    setBusy(true);
    try {
      await saveFile(`/app/export/${name}`, `${name}.csv`);
    } catch {
      shopify.toast.show(t('export.failed'), { isError: true });
    } finally {
      setBusy(false);
    }
  };
  return (
    <MenuButton
      label={t('export.title')}
      align="right"
      loading={busy}
      items={offered.map((name) => ({
        content: t(`export.${name.replace('-', '_')}` as MessageKey),
        helpText:
          name === 'everything' || name === 'open-points' || name === 'members'
            ? t(`export.${name.replace('-', '_')}_help` as MessageKey)
            : undefined,
        onAction: () => void save(name),
      }))}
    />
  );
};
