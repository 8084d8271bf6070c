import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Modal, ResourceItem, ResourceList, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useWriting } from '../language';
import { UnsentBanner } from '../UnsentBanner';
import { useSend, type DialogProps } from './dialog';

type Found = {
  readonly members: readonly {
    readonly memberId: string;
    readonly available: number;
    readonly card: { readonly displayName: string; readonly email: string | null } | null;
  }[];
};

/** Makes two members one. */
export const MergeDialog = ({
  wish,
  refusal,
  unsent,
  close,
  memberId,
}: DialogProps & { readonly memberId: string }) => {
  const { t } = useWriting();
  const { busy, send } = useSend(wish);
  const found = useFetcher<Found>();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const others = (found.data?.members ?? []).filter((one) => one.memberId !== memberId);
  return (
    <Modal
      open
      onClose={close}
      title={t('member.merge')}
      primaryAction={{
        content: t('member.merge_do'),
        destructive: true,
        loading: busy,
        disabled: chosen === null,
        onAction: () => send({ intent: 'merge', into: chosen ?? '' }),
      }}
      secondaryActions={[{ content: t('common.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <UnsentBanner unsent={unsent} />
          {refusal === null || busy ? null : <Banner tone="critical">{refusal}</Banner>}
          <Text as="p">{t('member.merge_help')}</Text>
          <TextField
            label={t('member.merge_search')}
            value={search}
            onChange={setSearch}
            autoComplete="off"
            type="search"
            connectedRight={
              <Button
                loading={found.state !== 'idle'}
                disabled={search.trim() === ''}
                onClick={() => found.load(`/app/members?index&q=${encodeURIComponent(search.trim())}`)}
              >
                {t('member.merge_find')}
              </Button>
            }
          />
          {found.data === undefined ? null : (
            <FoundMembers members={others.slice(0, 10)} search={search} chosen={chosen} choose={setChosen} />
          )}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
};

type ChoiceProps = Found & {
  readonly search: string;
  readonly chosen: string | null;
  readonly choose: (memberId: string) => void;
};

const FoundMembers = ({ members, search, chosen, choose }: ChoiceProps) => {
  const { t, points } = useWriting();
  return (
    <ResourceList
      items={[...members]}
      emptyState={<Text as="p">{t('members.none_found', { search })}</Text>}
      renderItem={(one) => (
        <ResourceItem
          id={one.memberId}
          onClick={() => choose(one.memberId)}
          accessibilityLabel={[one.card?.displayName ?? t('common.guest'), one.card?.email].filter(Boolean).join(' · ')}
        >
          <Text as="span" fontWeight={chosen === one.memberId ? 'bold' : 'regular'}>
            {chosen === one.memberId ? '✓ ' : ''}
            {[one.card?.displayName ?? t('common.guest'), one.card?.email, points(one.available)]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </ResourceItem>
      )}
    />
  );
};
