import { useNavigation, useSubmit } from '@remix-run/react';
import { Banner, BlockStack, Card, DropZone, List, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useWriting } from '~/ui/language';

/** Takes a file of points. Nothing is posted before it was looked over. */
export const ImportFileCard = ({ refusal }: { readonly refusal: string | null }) => {
  const { t } = useWriting();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  const [name, setName] = useState('');
  const send = (file: File | undefined): void => {
    if (file === undefined) return;
    setName(file.name);
    const form = new FormData();
    form.append('file', file);
    submit(form, { method: 'post', encType: 'multipart/form-data' });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('imports.choose')}
        </Text>
        {refusal === null || busy ? null : <Banner tone="critical">{refusal}</Banner>}
        <DropZone
          accept=".csv,.tsv,.txt,text/csv"
          type="file"
          allowMultiple={false}
          disabled={busy}
          onDropAccepted={(files) => send(files[0])}
          label={t('imports.file')}
          labelHidden
        >
          {busy ? (
            <div style={{ padding: '2.5rem 1rem', textAlign: 'center' }}>
              <Text as="p" tone="subdued">
                {t('imports.sending', { name })}
              </Text>
            </div>
          ) : (
            <DropZone.FileUpload actionTitle={t('imports.add_file')} actionHint={t('imports.hint')} />
          )}
        </DropZone>
        <BlockStack gap="100">
          <Text as="p" tone="subdued" variant="bodySm">
            {t('imports.formats')}
          </Text>
          <List>
            <List.Item>
              <code>email,points</code> · {t('imports.format_smile')}
            </List.Item>
            <List.Item>
              {t('imports.format_list', {
                names: 'Points Balance, e-mail, saldo punti, Punktestand, courriel, correo electrónico',
              })}
            </List.Item>
            <List.Item>
              <code style={{ overflowWrap: 'anywhere' }}>
                customer_id,email,points,occurred_at,available_at,expires_at,note
              </code>{' '}
              · {t('imports.format_own')}
            </List.Item>
          </List>
        </BlockStack>
      </BlockStack>
    </Card>
  );
};
