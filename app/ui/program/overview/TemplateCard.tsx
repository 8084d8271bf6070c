import { BlockStack, Button, InlineStack, Modal, Text } from '@shopify/polaris';
import { useState } from 'react';
import { begunAnew, type TemplateId } from '~/core/program/templates';
import { useWriting } from '../../language';
import { TemplateCards } from '../../start/TemplateCards';
import { useProgram } from '../programContext';
import { Section } from '../Section';

/** Beginning anew: a template takes the place of what the draft says, after a question. Saving it is another step. */
export const TemplateCard = ({ today }: { readonly today: string }) => {
  const { t, currency } = useWriting();
  const { draft, server } = useProgram();
  const { document } = draft;
  const [open, setOpen] = useState(false);
  const [template, setTemplate] = useState<TemplateId>('simple');
  const shop = { currency, timeZone: document.timeZone, today };
  const take = (): void => {
    setOpen(false);
    draft.replace(begunAnew(document, template, shop));
  };
  return (
    <Section title={t('template.begin')} help={t('template.begin_help')}>
      <InlineStack>
        <Button disabled={server?.scheduledFor != null} onClick={() => setOpen(true)}>
          {t('template.choose')}
        </Button>
      </InlineStack>
      <Modal
        open={open}
        size="large"
        title={t('template.question')}
        onClose={() => setOpen(false)}
        primaryAction={{ content: t('template.take'), onAction: take }}
        secondaryActions={[{ content: t('common.cancel'), onAction: () => setOpen(false) }]}
      >
        <Modal.Section>
          <BlockStack gap="300">
            <Text as="p">{t('template.question_help')}</Text>
            <TemplateCards shop={shop} names={document.names} value={template} onChange={setTemplate} />
          </BlockStack>
        </Modal.Section>
      </Modal>
    </Section>
  );
};
