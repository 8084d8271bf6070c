import { Modal, Text } from '@shopify/polaris';
import { useWriting } from '~/ui/language';

type Props = { readonly open: boolean; readonly remove: () => void; readonly close: () => void };

/** Asks before a partner goes, with its catalogue and its codes. */
export const RemoveQuestion = ({ open, remove, close }: Props) => {
  const { t } = useWriting();
  const act = (): void => {
    close();
    remove();
  };
  return (
    <Modal
      open={open}
      onClose={close}
      title={t('partners.remove_title')}
      primaryAction={{ content: t('partners.remove'), destructive: true, onAction: act }}
      secondaryActions={[{ content: t('common.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <Text as="p">{t('partners.remove_help')}</Text>
      </Modal.Section>
    </Modal>
  );
};
