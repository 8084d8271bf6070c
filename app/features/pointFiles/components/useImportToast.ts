import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect, useRef } from 'react';
import type { ImportBatch } from '~/features/pointFiles/views/importsPage';
import { useWriting } from '~/ui/language';

/** Says that a file is imported, or taken back, when it becomes so while the page is open. */
export const useImportToast = (files: readonly Pick<ImportBatch, 'id' | 'state'>[]): void => {
  const { t } = useWriting();
  const shopify = useAppBridge();
  const known = useRef(new Map(files.map(({ id, state }) => [id, state])));
  useEffect(() => {
    for (const { id, state } of files) {
      const before = known.current.get(id);
      if (before === undefined || before === state) continue;
      if (state === 'done') shopify.toast.show(t('imports.toast_done'));
      if (state === 'undone') shopify.toast.show(t('imports.toast_undone'));
    }
    known.current = new Map(files.map(({ id, state }) => [id, state]));
  }, [files, shopify, t]);
};
