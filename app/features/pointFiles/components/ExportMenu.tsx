import { ActionList, Button, Popover } from '@shopify/polaris';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useState } from 'react';
import type { MessageKey } from '~/i18n/catalog';
import { useWriting } from '~/ui/language';
import { saveFile } from '~/ui/saveFile';

const offered = ['open-points', 'member', 'entry', 'lot', 'order', 'redemption', 'everything'] as const;

/** What the merchant owns as files. */
export const ExportMenu = () => {
  const { t } = useWriting();
  const shopify = useAppBridge();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const save = async (name: string): Promise<void> => {
    setOpen(false);
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
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      preferredAlignment="right"
      activator={
        <Button disclosure loading={busy} onClick={() => setOpen(!open)}>
          {t('export.title')}
        </Button>
      }
    >
      <ActionList
        actionRole="menuitem"
        items={offered.map((name) => ({
          content: t(`export.${name.replace('-', '_')}` as MessageKey),
          helpText:
            name === 'everything' || name === 'open-points'
              ? t(`export.${name.replace('-', '_')}_help` as MessageKey)
              : undefined,
          onAction: () => void save(name),
        }))}
      />
    </Popover>
  );
};
