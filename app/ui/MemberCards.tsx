import { BlockStack, Card, InlineGrid, InlineStack, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { lifecycleOf, type GrantKind, type Lifecycle } from '~/core/rewards/grants';
import { formatNumber, type MessageKey } from '~/i18n/catalog';
import type { MemberPage } from '~/views/memberPage';
import { useWriting } from './language';
import { orderInShopify } from './shopifyAdmin';

// What a redemption without a name of its own is called.
const grantNames = {
  amount_off: 'reward.amount_off',
  percent_off: 'reward.percent_off',
  free_shipping: 'reward.free_shipping',
  free_product: 'reward.free_product',
  gift_card: 'reward.gift_card',
  store_credit: 'reward.store_credit',
  donation: 'reward.donation',
  experience: 'reward.experience',
  pool_code: 'reward.pool_code',
  partner: 'reward.partner',
} as const satisfies Record<GrantKind, MessageKey>;

// What is no code is called otherwise: staff or a partner does it, or it is given for good.
const stateKey = ({ grant, state }: Data['redemptions'][number]): MessageKey => {
  const lifecycle: Lifecycle = lifecycleOf[grant.kind];
  if (grant.kind === 'partner' && (state === 'issued' || state === 'used')) return `state.${state}_by_partner`;
  if (lifecycle === 'staff' && (state === 'issued' || state === 'used')) return `state.${state}_by_staff`;
  return lifecycle === 'final' && state === 'used' ? 'state.given' : `state.${state}`;
};

type Data = Pick<MemberPage, 'orders' | 'redemptions'>;

export const OrdersCard = ({ orders }: Pick<Data, 'orders'>) => {
  const { t, money, points, date } = useWriting();
  return (
    <Section title={t('member.orders')}>
      {orders.length === 0 ? (
        <Text as="p" tone="subdued">
          {t('member.none')}
        </Text>
      ) : null}
      {orders.map((order) => (
        <Row
          key={order.orderId}
          left={order.name}
          url={orderInShopify(order.orderId)}
          right={points(order.entitlement)}
          note={[date(order.instant), t(`orderStatus.${order.status}`), money(order.paidMinor, order.currency)].join(
            ' · ',
          )}
        />
      ))}
    </Section>
  );
};

/** What was taken, as staff reads it: its own name, or its kind and what it is worth. */
export const useRedemptionName = () => {
  const { t, language, money, percent } = useWriting();
  return ({ grant, amountMinor, currency }: Data['redemptions'][number]): string => {
    if ('name' in grant) return grant.name[language];
    const worth = [
      ...(grant.kind === 'donation' ? [grant.charity] : []),
      ...(grant.kind === 'percent_off' ? [percent(grant.basisPoints / 10_000)] : []),
      ...(amountMinor === null ? [] : [money(amountMinor, currency ?? undefined)]),
    ];
    return [t(grantNames[grant.kind]), ...worth].join(' · ');
  };
};

export const RedemptionsCard = ({ redemptions }: Pick<Data, 'redemptions'>) => {
  const { t, points, date, dateTime } = useWriting();
  const nameOf = useRedemptionName();
  const back = (redemption: Data['redemptions'][number]): string[] =>
    redemption.state === 'cancelling' || redemption.state === 'expiring'
      ? [
          t('member.returning', {
            count: redemption.points,
            points: points(redemption.points),
            at: dateTime(redemption.backBy),
          }),
        ]
      : [];
  return (
    <Section title={t('member.redemptions')}>
      {redemptions.length === 0 ? (
        <Text as="p" tone="subdued">
          {t('member.none')}
        </Text>
      ) : null}
      {redemptions.map((redemption) => (
        <Row
          key={redemption.id}
          left={nameOf(redemption)}
          right={points(redemption.points)}
          note={[date(redemption.heldAt), t(stateKey(redemption)), redemption.code ?? '', ...back(redemption)]
            .filter(Boolean)
            .join(' · ')}
        />
      ))}
    </Section>
  );
};

/** What a member can spend, what comes later, and what is owed. */
export const BalanceFigures = ({ balance }: Pick<MemberPage, 'balance'>) => {
  const { t } = useWriting();
  return (
    <InlineGrid columns={3} gap={{ xs: '200', sm: '300' }}>
      <Figure label={t('members.available')} value={Math.max(0, balance.available)} />
      <Figure label={t('members.pending')} value={balance.pending} />
      <Figure label={t('members.debt')} value={balance.debt} />
    </InlineGrid>
  );
};

const Figure = ({ label, value }: { readonly label: string; readonly value: number }) => {
  const { language } = useWriting();
  return (
    <Card>
      <Text as="h2" variant="bodySm" tone="subdued">
        {label}
      </Text>
      <Text as="p" variant="headingLg" numeric>
        {formatNumber(language, value)}
      </Text>
    </Card>
  );
};

export const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Card>
    <BlockStack gap="200">
      <Text as="h2" variant="headingMd">
        {title}
      </Text>
      {children}
    </BlockStack>
  </Card>
);

/** `url`: where the thing itself is; left out: nowhere else. */
type RowProps = { readonly left: string; readonly right: string; readonly note: string; readonly url?: string };

const Row = ({ left, right, note, url }: RowProps) => (
  <BlockStack gap="050">
    <InlineStack align="space-between" gap="200" wrap={false}>
      <Text as="span" fontWeight="medium" breakWord>
        {url === undefined ? (
          left
        ) : (
          <Link url={url} target="_top">
            {left}
          </Link>
        )}
      </Text>
      <span style={{ whiteSpace: 'nowrap' }}>
        <Text as="span" numeric>
          {right}
        </Text>
      </span>
    </InlineStack>
    <Text as="p" tone="subdued" variant="bodySm" breakWord>
      {note}
    </Text>
  </BlockStack>
);
