import { Badge, BlockStack, Box, Button, Collapsible, InlineStack, Link, List, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { EntryView } from '~/views/memberPage';
import type { MemberName } from '~/views/recentActivity';
import { explain } from '~/i18n/explain';
import { useWriting } from './language';
import { orderInShopify } from './shopifyAdmin';

/** `details`: each offers how it was counted. `members`: by id, whose they are, where several members are shown. */
type Props = {
  readonly entries: readonly EntryView[];
  readonly details: boolean;
  readonly members?: Readonly<Record<string, MemberName>>;
};

/** Entries of the ledger, each with its explanation in words. */
export const EntryList = ({ entries, details, members }: Props) => (
  <BlockStack as="ul" gap="0">
    {entries.map((entry, index) => (
      <Box
        as="li"
        key={entry.id}
        paddingBlock="300"
        borderColor="border"
        {...(index === 0 ? {} : { borderBlockStartWidth: '025' as const })}
      >
        <EntryLine entry={entry} details={details} member={members?.[entry.memberId]} />
      </Box>
    ))}
  </BlockStack>
);

type LineProps = Pick<Props, 'details'> & {
  readonly entry: EntryView;
  /** undefined: it is clear whose it is. */
  readonly member: MemberName | undefined;
};

const EntryLine = ({ entry, details, member }: LineProps) => {
  const { t, language, names, dateTime, points } = useWriting();
  const why = explain(entry.why, entry.points, entry.forgiven, language, names);
  // What people wrote is no arithmetic: it is read at once.
  const isNoted = entry.why.kind === 'adjustment' || entry.why.kind === 'import';
  const credit = entry.points >= 0;
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
        {/* Without a word of its own it takes over how the row around it is aligned. */}
        <InlineStack align="start" gap="200" blockAlign="center">
          {member === undefined ? null : (
            <Link url={`/app/members/${entry.memberId}`}>
              {member.name ?? t(member.isGuest ? 'common.guest' : 'common.no_name')}
            </Link>
          )}
          <Badge tone={credit ? 'success' : 'info'}>{t(`kind.${entry.kind}`)}</Badge>
          <Text as="span" tone="subdued" variant="bodySm">
            {dateTime(entry.occurredAt)}
          </Text>
          {entry.orderId === null ? null : (
            <Text as="span" variant="bodySm">
              <Link url={orderInShopify(entry.orderId)} target="_top">
                {t('member.order_in_shopify')}
              </Link>
            </Text>
          )}
        </InlineStack>
        <span style={{ whiteSpace: 'nowrap' }}>
          <Text as="span" variant="headingSm" numeric alignment="end">
            {credit ? '+' : ''}
            {points(entry.points)}
          </Text>
        </span>
      </InlineStack>
      <Text as="p">{why.sentence}</Text>
      {/* Without them the points beside the sentence would not be those that it ends with. */}
      <Notes lines={details && isNoted ? [...why.steps, ...why.details] : why.steps} />
      {details && !isNoted ? <Arithmetic id={entry.id} lines={why.details} /> : null}
    </BlockStack>
  );
};

/** What else can be said of how the points were counted: folded away until somebody asks. */
const Arithmetic = ({ id, lines }: { readonly id: string; readonly lines: readonly string[] }) => {
  const { t } = useWriting();
  const [open, setOpen] = useState(false);
  if (lines.length === 0) return null;
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Button
        variant="plain"
        disclosure={open ? 'up' : 'down'}
        ariaExpanded={open}
        ariaControls={`counted-${id}`}
        onClick={() => setOpen(!open)}
      >
        {t('member.how_counted')}
      </Button>
      <Collapsible id={`counted-${id}`} open={open}>
        <Notes lines={lines} />
      </Collapsible>
    </BlockStack>
  );
};

const Notes = ({ lines }: { readonly lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <List type="bullet" gap="extraTight">
      {lines.map((line) => (
        <List.Item key={line}>
          <Text as="span" tone="subdued" variant="bodySm">
            {line}
          </Text>
        </List.Item>
      ))}
    </List>
  );
