import { Form, useNavigation } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, ProgressBar, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { BackfillState } from '~/features/pastOrders/views/backfillState';
import { useWriting } from '~/ui/language';
import { useHydrated } from '~/ui/useHydrated';
import { useLookAgain } from '~/ui/useLookAgain';

type Props = {
  readonly backfill: BackfillState | null;
  /** What the counted points may cost, in the store's minor units. */
  readonly worthMinor: number;
  readonly refusal: string | null;
};

const working = ['asked', 'preparing', 'counting', 'agreed', 'importing', 'undoing'];

/**
 * Past orders: counted first, with what they would bring; awarded only when the merchant agrees; taken back as a whole.
 */
export const BackfillCard = ({ backfill, worthMinor, refusal }: Props) => {
  const { t } = useWriting();
  const isWorking = backfill !== null && working.includes(backfill.state);
  useLookAgain(isWorking);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('backfill.title')}
        </Text>
        {backfill?.state === 'failed' ? (
          <Banner tone="warning">{t('backfill.failed', { reason: backfill.failure ?? '' })}</Banner>
        ) : null}
        {refusal === null ? null : <Banner tone="warning">{refusal}</Banner>}
        {isWorking ? <Progress backfill={backfill} /> : null}
        {backfill?.state === 'counted' ? <Counted backfill={backfill} worthMinor={worthMinor} /> : null}
        {backfill?.state === 'done' ? <Done backfill={backfill} /> : null}
        {backfill === null || ['failed', 'undone', 'discarded'].includes(backfill.state) ? <Ask /> : null}
      </BlockStack>
    </Card>
  );
};

const useSending = () => {
  const hydrated = useHydrated();
  return { loading: useNavigation().state !== 'idle', disabled: !hydrated };
};

const Ask = () => {
  const { t } = useWriting();
  const sending = useSending();
  const [since, setSince] = useState('');
  // Made anew with every card, so that a press that was not answered can be repeated.
  const [id] = useState(() => crypto.randomUUID());
  return (
    <Form method="post">
      <input type="hidden" name="intent" value="count" />
      <input type="hidden" name="id" value={id} />
      <BlockStack gap="300" inlineAlign="start">
        <Text as="p">{t('backfill.ask')}</Text>
        <TextField
          name="since"
          type="date"
          label={t('backfill.since')}
          helpText={t('backfill.since_help')}
          value={since}
          onChange={setSince}
          autoComplete="off"
        />
        <Text as="p" tone="subdued" variant="bodySm">
          {t('start.past_help')}
        </Text>
        <Button submit {...sending}>
          {t('backfill.count')}
        </Button>
      </BlockStack>
    </Form>
  );
};

type Known = { readonly backfill: NonNullable<Props['backfill']> };

const Decision = ({
  backfill,
  intent,
  label,
  primary = false,
}: Known & { readonly intent: string; readonly label: string; readonly primary?: boolean }) => {
  const sending = useSending();
  return (
    <Form method="post">
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="id" value={backfill.id} />
      <Button submit {...sending} {...(primary ? { variant: 'primary' as const } : {})}>
        {label}
      </Button>
    </Form>
  );
};

const Counted = ({ backfill, worthMinor }: Known & { readonly worthMinor: number }) => {
  const { t, points, money } = useWriting();
  const [orders, counted] = [backfill.countedOrders ?? 0, backfill.countedPoints ?? 0];
  return (
    <BlockStack gap="300">
      <Text as="p" variant="headingSm">
        {orders === 0
          ? t('backfill.counted_none')
          : t('backfill.counted', { count: orders, points: points(counted), worth: money(worthMinor) })}
      </Text>
      {orders === 0 ? null : <Text as="p">{t('backfill.counted_help')}</Text>}
      <InlineStack gap="200">
        {orders === 0 ? null : (
          <Decision
            backfill={backfill}
            intent="agree"
            label={t('backfill.agree', { points: points(counted) })}
            primary
          />
        )}
        <Decision backfill={backfill} intent="discard" label={t('backfill.discard')} />
      </InlineStack>
    </BlockStack>
  );
};

const Done = ({ backfill }: Known) => {
  const { t, points } = useWriting();
  const [asked, setAsked] = useState(false);
  return (
    <BlockStack gap="300" inlineAlign="start">
      <Text as="p">{t('backfill.done', { count: backfill.ordersRead })}</Text>
      {asked ? (
        <Banner tone="warning">
          <BlockStack gap="300">
            <p>{t('backfill.undo_help', { points: points(backfill.countedPoints ?? 0) })}</p>
            <InlineStack gap="200">
              <Decision backfill={backfill} intent="undo" label={t('backfill.undo')} />
              <Button onClick={() => setAsked(false)}>{t('common.cancel')}</Button>
            </InlineStack>
          </BlockStack>
        </Banner>
      ) : (
        <Button variant="plain" onClick={() => setAsked(true)}>
          {t('backfill.undo')}
        </Button>
      )}
    </BlockStack>
  );
};

const Progress = ({ backfill }: Known) => {
  const { t } = useWriting();
  const { state, ordersRead: read, ordersFound: found } = backfill;
  const label =
    state === 'importing' || state === 'agreed'
      ? t('backfill.running', { read, found })
      : state === 'undoing'
        ? t('backfill.undoing')
        : state === 'counting'
          ? t('backfill.counting', { read, found })
          : t('backfill.preparing', { count: found });
  const percent =
    state === 'importing' || state === 'counting' ? Math.round(Math.min(100, (100 * read) / Math.max(1, found))) : 2;
  return (
    <BlockStack gap="200">
      <Text as="p">{label}</Text>
      <ProgressBar progress={percent} size="small" ariaLabelledBy="past-orders-progress" />
      <Text as="p" tone="subdued" variant="bodySm" id="past-orders-progress">
        {t('imports.may_leave')}
      </Text>
    </BlockStack>
  );
};
