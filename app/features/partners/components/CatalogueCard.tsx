import { Banner, BlockStack, Box, Card, IndexTable, Text, useBreakpoints } from '@shopify/polaris';
import type { PartnerPage } from '~/features/partners/views/partnerPages';
import { formatNumber } from '~/i18n/catalog';
import { useWriting } from '~/ui/language';

/** What a partner has, what it costs, and how many codes are left where they were uploaded. */
export const CatalogueCard = ({ partner, items }: PartnerPage) => {
  const { t, money, language } = useWriting();
  const { smDown } = useBreakpoints();
  if (items === null) return <Banner tone="warning">{t('partners.catalogue_away')}</Banner>;
  if (items.length === 0)
    return (
      <Card>
        <Text as="p" tone="subdued">
          {t(partner.kind === 'file' ? 'partners.catalogue_none' : 'partners.catalogue_bare')}
        </Text>
      </Card>
    );
  const left = (free: number): string => t('partners.left', { count: free });
  return (
    <Card padding="0">
      <IndexTable
        selectable={false}
        condensed={smDown}
        itemCount={items.length}
        headings={[
          { title: t('partners.item') },
          { title: t('partners.cost'), alignment: 'end' },
          { title: partner.kind === 'file' ? t('partners.codes_left') : '', alignment: 'end' },
        ]}
      >
        {items.map(({ itemId, name, cost, free }, index) => (
          <IndexTable.Row key={itemId} id={itemId} position={index}>
            {smDown ? (
              <Box padding="300" width="100%">
                <BlockStack gap="100">
                  <Text as="p" breakWord>
                    {name}
                  </Text>
                  <Text as="p" tone="subdued" variant="bodySm">
                    {[itemId, money(cost.amountMinor, cost.currency), ...(free === null ? [] : [left(free)])].join(
                      ' · ',
                    )}
                  </Text>
                </BlockStack>
              </Box>
            ) : (
              <>
                <IndexTable.Cell>
                  {name}{' '}
                  <Text as="span" tone="subdued">
                    {itemId}
                  </Text>
                </IndexTable.Cell>
                <IndexTable.Cell>
                  <Text as="span" alignment="end" numeric>
                    {money(cost.amountMinor, cost.currency)}
                  </Text>
                </IndexTable.Cell>
                <IndexTable.Cell>
                  <Text as="span" alignment="end" numeric>
                    {free === null ? '' : formatNumber(language, free)}
                  </Text>
                </IndexTable.Cell>
              </>
            )}
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
};
