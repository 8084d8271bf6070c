import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import type { ReactNode } from 'react';
import { backBy } from '~/core/redemptions/states';
import type { GrantKind } from '~/core/rewards/grants';
import { formatNumber, type MessageKey } from '~/i18n/catalog';
import type { MemberPage } from '~/views/memberPage';
import { useWriting } from './language';

// What a redemption that is worth no sum of money is called.
const grantNames = { amount_off: 'program.reward', free_shipping: 'reward.free_shipping' } as const satisfies Record<
  GrantKind,
  MessageKey
>;

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
          right={points(order.entitlement)}
          note={[date(order.instant), t(`standing.${order.standingKind}`), money(order.paidMinor, order.currency)].join(
            ' · ',
          )}
        />
      ))}
    </Section>
  );
};

export const RedemptionsCard = ({ redemptions }: Pick<Data, 'redemptions'>) => {
  const { t, money, points, date, dateTime } = useWriting();
  const back = (redemption: Data['redemptions'][number]): string[] =>
    redemption.state === 'cancelling' || redemption.state === 'expiring'
      ? [t('member.returning', { points: points(redemption.points), at: dateTime(backBy(redemption)) })]
      : [];
  const worthOf = ({ grant, amountMinor, currency }: Data['redemptions'][number]): string =>
    amountMinor === null ? t(grantNames[grant.kind]) : money(amountMinor, currency ?? undefined);
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
          note={[date(redemption.heldAt), t(`state.${redemption.state}`), redemption.code ?? '', ...back(redemption)]
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

const Row = ({ left, right, note }: { readonly left: string; readonly right: string; readonly note: string }) => (
  <BlockStack gap="050">
    <InlineStack align="space-between" gap="200">
      <Text as="span" fontWeight="medium">
        {left}
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
