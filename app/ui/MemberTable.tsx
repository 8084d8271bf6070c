import { Badge, BlockStack, Box, IndexTable, InlineStack, Link, Text, useBreakpoints } from '@shopify/polaris';
import { useLocation } from '@remix-run/react';
import type { LocalizedText } from '~/core/values/text';
import { formatNumber } from '~/i18n/catalog';
import type { ListedMember } from '~/views/memberList';
import { useWriting } from './language';
import { listIn } from './useMemberQuery';

type Props = {
  readonly members: readonly ListedMember[];
  readonly levels: readonly { readonly id: string; readonly name: LocalizedText }[] | null;
  readonly namesMissing: boolean;
  readonly pagination: {
    readonly hasNext: boolean;
    readonly onNext: () => void;
    readonly hasPrevious: boolean;
    readonly onPrevious: () => void;
  };
};

/** The members of a page, each with the way to their own; on a phone one below the other. */
export const MemberTable = ({ members, levels, namesMissing, pagination }: Props) => {
  const { t } = useWriting();
  const { smDown } = useBreakpoints();
  return (
    <IndexTable
      selectable={false}
      condensed={smDown}
      itemCount={members.length}
      headings={[
        { title: t('members.name') },
        ...(levels === null ? [] : [{ title: t('members.tier') }]),
        { title: t('members.available'), alignment: 'end' as const },
        { title: t('members.pending'), alignment: 'end' as const },
        { title: t('members.since'), alignment: 'end' as const },
      ]}
      pagination={pagination}
    >
      {members.map((member, index) => (
        <IndexTable.Row id={member.memberId} key={member.memberId} position={index}>
          {smDown ? (
            <Condensed member={member} levels={levels} namesMissing={namesMissing} />
          ) : (
            <Cells member={member} levels={levels} namesMissing={namesMissing} />
          )}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
};

type RowProps = Pick<Props, 'levels' | 'namesMissing'> & { readonly member: ListedMember };

const Cells = ({ member, levels, namesMissing }: RowProps) => {
  const { language, date } = useWriting();
  return (
    <>
      <IndexTable.Cell>
        <Name member={member} namesMissing={namesMissing} />
      </IndexTable.Cell>
      {levels === null ? null : (
        <IndexTable.Cell>
          <TierBadge tier={member.tier} levels={levels} />
        </IndexTable.Cell>
      )}
      {[formatNumber(language, member.available), formatNumber(language, member.pending), date(member.createdAt)].map(
        (text, index) => (
          <IndexTable.Cell key={index}>
            <Text as="p" alignment="end" numeric>
              {text}
            </Text>
          </IndexTable.Cell>
        ),
      )}
    </>
  );
};

const Condensed = ({ member, levels, namesMissing }: RowProps) => {
  const { t, points, date } = useWriting();
  return (
    <Box padding="300" width="100%">
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200" wrap={false}>
          <Name member={member} namesMissing={namesMissing} />
          <Text as="p" alignment="end" numeric>
            {points(member.available)}
          </Text>
        </InlineStack>
        <InlineStack align="space-between" gap="200">
          <Text as="p" tone="subdued" variant="bodySm">
            {`${t('members.since')} ${date(member.createdAt)}`}
          </Text>
          {levels === null ? null : <TierBadge tier={member.tier} levels={levels} />}
        </InlineStack>
      </BlockStack>
    </Box>
  );
};

const Name = ({ member, namesMissing }: Pick<RowProps, 'member' | 'namesMissing'>) => {
  const { t } = useWriting();
  const { search } = useLocation();
  // The list as it is now goes along, so that the way back leads to it.
  const list = listIn(search);
  const from = list === '' ? '' : `?${new URLSearchParams({ list }).toString()}`;
  return (
    <div>
      <Link url={`/app/members/${member.memberId}${from}`} monochrome removeUnderline dataPrimaryLink>
        <Text as="span" fontWeight="semibold" breakWord>
          {member.card?.displayName || t(namesMissing ? 'common.no_name' : 'common.guest')}
        </Text>
      </Link>
      <Text as="p" tone="subdued" variant="bodySm" breakWord>
        {member.card?.email ?? ''}
      </Text>
    </div>
  );
};

const TierBadge = ({
  tier,
  levels,
}: {
  readonly tier: string | null;
  readonly levels: NonNullable<Props['levels']>;
}) => {
  const { language } = useWriting();
  return tier === null ? null : (
    <Badge tone="info">{levels.find(({ id }) => id === tier)?.name[language] ?? tier}</Badge>
  );
};
