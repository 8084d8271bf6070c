import { BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { lifecycleOf, type GrantKind, type Lifecycle } from '~/core/rewards/grants';
import { formatNumber, type MessageKey } from '~/i18n/catalog';
import type { MemberPage } from '~/views/memberPage';
import { useWriting } from './language';
import { orderInShopify } from './shopifyAdmin';

// What a redemption that is worth no sum of money is called.
const grantNames = {
  amount_off: 'program.reward',
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

export const RedemptionsCard = ({ redemptions }: Pick<Data, 'redemptions'>) => {
  const { t, language, money, points, date, dateTime } = useWriting();
  const back = (redemption: Data['redemptions'][number]): string[] =>
    redemption.state === 'cancelling' || redemption.state === 'expiring'
      ? [t('member.returning', { points: points(redemption.points), at: dateTime(redemption.backBy) })]
      : [];
  const worthOf = ({ grant, amountMinor, currency }: Data['redemptions'][number]): string => {
    if ('name' in grant) return grant.name[language];
    return amountMinor === null ? t(grantNames[grant.kind]) : money(amountMinor, currency ?? undefined);
  };
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
          left={worthOf(redemption)}
          right={points(redemption.points)}
          note={[date(redemption.heldAt), t(stateKey(redemption)), redemption.code ?? '', ...back(redemption)]
            .filter(Boolean)
            .join(' · ')}
        />
      ))}
    </Section>
  );
};

export const Figure = ({ label, value }: { readonly label: string; readonly value: number }) => {
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
    <InlineStack align="space-between" gap="200">
      <Text as="span" fontWeight="medium">
        {url === undefined ? (
          left
        ) : (
          <Link url={url} target="_top">
            {left}
          </Link>
        )}
      </Text>
      <Text as="span" numeric>
        {right}
      </Text>
    </InlineStack>
    <Text as="p" tone="subdued" variant="bodySm" breakWord>
      {note}
    </Text>
  </BlockStack>
);
