import { useNavigation, useSubmit } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import {
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  Divider,
  InlineStack,
  Link,
  Modal,
  Text,
  TextField,
} from '@shopify/polaris';
import { useEffect, useId, useRef, useState } from 'react';
import type { SettingsPage } from '~/features/apiKeys/views/settingsPage';
import { useWriting } from '~/ui/language';

type Key = SettingsPage['keys'][number];
type Props = { readonly keys: readonly Key[]; readonly issued: string | null; readonly refusal: string | null };

/** The keys with which other systems read the program: made here, shown once, ended here. */
export const ApiKeys = ({ keys, issued, refusal }: Props) => {
  const { t } = useWriting();
  const submit = useSubmit();
  const busy = useNavigation().state !== 'idle';
  const [name, setName] = useState('');
  // The same wish until it is answered: sent again, it makes one key.
  const [wish, setWish] = useState(() => crypto.randomUUID());
  const [ending, setEnding] = useState<Key | null>(null);
  useEffect(() => {
    if (issued === null) return;
    setName('');
    setWish(crypto.randomUUID());
  }, [issued]);
  const end = (): void => {
    if (ending !== null) submit({ intent: 'revoke', id: ending.id }, { method: 'post' });
    setEnding(null);
  };
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {t('settings.keys')}
          </Text>
          <Text as="p" tone="subdued">
            {t('settings.keys_help')}{' '}
            <Link url="/api/v1/openapi.json" external target="_blank">
              {t('settings.keys_reference')}
            </Link>
          </Text>
        </BlockStack>
        {issued === null ? null : <Issued value={issued} />}
        {keys.length === 0 ? null : (
          <BlockStack gap="300">
            {keys.map((key) => (
              <BlockStack gap="300" key={key.id}>
                <KeyRow apiKey={key} end={() => setEnding(key)} />
                <Divider />
              </BlockStack>
            ))}
          </BlockStack>
        )}
        <TextField
          label={t('settings.key_name')}
          placeholder={t('settings.key_example')}
          value={name}
          onChange={setName}
          autoComplete="off"
          maxLength={60}
          error={refusal ?? false}
          connectedRight={
            <Button
              loading={busy}
              disabled={name.trim() === ''}
              onClick={() => submit({ intent: 'issue', wish, name: name.trim() }, { method: 'post' })}
            >
              {t('settings.key_make')}
            </Button>
          }
        />
      </BlockStack>
      <EndQuestion apiKey={ending} end={end} close={() => setEnding(null)} />
    </Card>
  );
};

type QuestionProps = { readonly apiKey: Key | null; readonly end: () => void; readonly close: () => void };

const EndQuestion = ({ apiKey, end, close }: QuestionProps) => {
  const { t } = useWriting();
  return (
    <Modal
      open={apiKey !== null}
      onClose={close}
      title={t('settings.key_end_title', { name: apiKey?.name ?? '' })}
      primaryAction={{ content: t('settings.key_end'), destructive: true, onAction: end }}
      secondaryActions={[{ content: t('common.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <Text as="p">{t('settings.key_end_help')}</Text>
      </Modal.Section>
    </Modal>
  );
};

const KeyRow = ({ apiKey, end }: { readonly apiKey: Key; readonly end: () => void }) => {
  const { t, date } = useWriting();
  const used = apiKey.usedAt === null ? t('settings.key_unused') : t('settings.key_used', { day: date(apiKey.usedAt) });
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
      <BlockStack gap="050">
        <Text as="span" fontWeight="semibold" breakWord>
          {apiKey.name}
        </Text>
        <Text
          as="span"
          tone="subdued"
        >{`fid_…${apiKey.hint} · ${t('settings.key_made', { day: date(apiKey.createdAt) })} · ${used}`}</Text>
      </BlockStack>
      <Button variant="plain" tone="critical" onClick={end}>
        {t('settings.key_end')}
      </Button>
    </InlineStack>
  );
};

// In a frame that may not write to the clipboard, what is selected can still be copied; else it is selected at least.
const copiedByHand = (text: HTMLElement | null): boolean => {
  if (text === null) return false;
  window.getSelection()?.selectAllChildren(text);
  return document.execCommand('copy');
};

const Issued = ({ value }: { readonly value: string }) => {
  const { t } = useWriting();
  const shopify = useAppBridge();
  const button = useId();
  const code = useRef<HTMLElement>(null);
  // It is shown once: whoever uses the keyboard stands at it.
  useEffect(() => document.getElementById(button)?.focus(), [button, value]);
  const copy = async (): Promise<void> => {
    const copied = await navigator.clipboard.writeText(value).then(
      () => true,
      () => copiedByHand(code.current),
    );
    shopify.toast.show(t(copied ? 'settings.key_copied' : 'settings.key_not_copied'), { isError: !copied });
  };
  return (
    <Banner tone="success" title={t('settings.key_issued')}>
      <BlockStack gap="200">
        <p>{t('settings.key_issued_help')}</p>
        <Box background="bg-surface-secondary" padding="200" borderRadius="100">
          <code ref={code} style={{ overflowWrap: 'anywhere' }}>
            {value}
          </code>
        </Box>
        <InlineStack>
          <Button id={button} onClick={() => void copy()}>
            {t('settings.key_copy')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Banner>
  );
};
