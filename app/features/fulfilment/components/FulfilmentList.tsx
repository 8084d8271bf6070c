import { Badge, BlockStack, Box, Button, ButtonGroup, InlineStack, Link, Text } from '@shopify/polaris';
import type { ListedFulfilment } from '~/features/fulfilment/views/fulfilmentPage';
import { useWriting } from '~/ui/language';

type Acts = {
  readonly now: number;
  readonly isBusy: boolean;
  readonly done: (item: ListedFulfilment) => void;
  readonly notDone: (item: ListedFulfilment) => void;
  readonly reopen: (item: ListedFulfilment) => void;
};

/** What staff has to do or has ended: for whom, since when, until when, and what the member answered. */
export const FulfilmentList = ({ items, ...acts }: Acts & { readonly items: readonly ListedFulfilment[] }) => (
  <BlockStack as="ul" gap="0">
    {items.map((item, index) => (
      <Box
        as="li"
        key={item.id}
        padding="400"
        borderColor="border"
        {...(index === 0 ? {} : { borderBlockStartWidth: '025' as const })}
      >
        <Item item={item} {...acts} />
      </Box>
    ))}
  </BlockStack>
);

const Item = ({ item, now, ...acts }: Acts & { readonly item: ListedFulfilment }) => {
  const { t, language, date, points } = useWriting();
  const { grant, card, answer, reason } = item;
  const name = card?.displayName || t(item.customerId === null ? 'fulfilment.nobody' : 'common.no_name');
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="start" gap="200">
        <BlockStack gap="050">
          <Text as="h3" variant="headingSm">
            {grant.name[language]}
          </Text>
          <Text as="p" breakWord>
            <Link url={`/app/members/${item.memberId}`} removeUnderline>
              {name}
            </Link>
            {card?.email == null ? '' : ` · ${card.email}`}
          </Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {`${t('fulfilment.taken', { day: date(item.takenAt) })} · ${points(item.points)}`}
          </Text>
        </BlockStack>
        <Standing item={item} now={now} />
      </InlineStack>
      {grant.question === null ? null : (
        <Text as="p" breakWord>
          <Text as="span" tone="subdued">
            {grant.question[language]}
          </Text>{' '}
          {answer ?? t('fulfilment.answer_gone')}
        </Text>
      )}
      {reason === null ? null : (
        <Text as="p" tone="subdued" breakWord>
          {reason}
        </Text>
      )}
      <Steps item={item} of={`${grant.name[language]}, ${name}`} {...acts} />
    </BlockStack>
  );
};

type StepsProps = Omit<Acts, 'now'> & { readonly item: ListedFulfilment; readonly of: string };

const Steps = ({ item, of, isBusy, done, notDone, reopen }: StepsProps) => {
  const { t } = useWriting();
  const step = (key: 'done' | 'not_done' | 'reopen', act: (item: ListedFulfilment) => void) => ({
    children: t(`fulfilment.${key}`),
    accessibilityLabel: `${t(`fulfilment.${key}`)}: ${of}`,
    disabled: isBusy,
    onClick: () => act(item),
  });
  if (item.state === 'released') return null;
  return (
    <ButtonGroup>
      {item.state === 'used' ? (
        <Button variant="plain" {...step('reopen', reopen)} />
      ) : (
        <>
          <Button {...step('done', done)} />
          <Button variant="plain" tone="critical" {...step('not_done', notDone)} />
        </>
      )}
    </ButtonGroup>
  );
};

const Standing = ({ item, now }: { readonly item: ListedFulfilment; readonly now: number }) => {
  const { t, date } = useWriting();
  if (item.state === 'used') return <Badge tone="success">{t('fulfilment.state_used')}</Badge>;
  if (item.state === 'released') return <Badge>{t('fulfilment.state_released')}</Badge>;
  // The end is the first moment of the day after.
  const due = date(item.dueAt - 1);
  return item.dueAt <= now ? (
    <Badge tone="critical">{t('fulfilment.overdue', { day: due })}</Badge>
  ) : (
    <Badge tone="info">{t('fulfilment.due', { day: due })}</Badge>
  );
};
