import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, ChoiceList, Form, Modal, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import type { MemberPage } from '~/views/memberPage';
import { useWriting } from '../language';
import { UnsentBanner } from '../UnsentBanner';
import { useSend, type DialogProps } from './dialog';

type Other = {
  readonly memberId: string;
  readonly available: number;
  readonly pending: number;
  readonly card: { readonly displayName: string; readonly email: string | null } | null;
};

type Props = DialogProps & { readonly self: Pick<MemberPage, 'memberId' | 'card' | 'balance'> };

const mostShown = 10;

/** Makes two members one; before that it says what will be. */
export const MergeDialog = ({ wish, refusal, unsent, close, self }: Props) => {
  const { t } = useWriting();
  const { busy, send } = useSend(wish);
  const found = useFetcher<{ readonly members: readonly Other[] }>();
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<Other | null>(null);
  const others = (found.data?.members ?? []).filter((one) => one.memberId !== self.memberId);
  const find = (): void => {
    setChosen(null);
    found.load(`/app/members?index&q=${encodeURIComponent(search.trim())}`);
  };
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
        onAction: () => send({ intent: 'merge', into: chosen?.memberId ?? '' }),
      }}
      secondaryActions={[{ content: t('common.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <UnsentBanner unsent={unsent} />
          {refusal === null || busy ? null : <Banner tone="critical">{refusal}</Banner>}
          <Text as="p">{t('member.merge_help')}</Text>
          <Form implicitSubmit={false} onSubmit={() => (search.trim() === '' ? undefined : find())}>
            <TextField
              label={t('member.merge_search')}
              value={search}
              onChange={setSearch}
              autoComplete="off"
              type="search"
              connectedRight={
                <Button submit loading={found.state !== 'idle'} disabled={search.trim() === ''}>
                  {t('member.merge_find')}
                </Button>
              }
            />
          </Form>
          {found.data === undefined ? null : (
            <FoundMembers
              members={others.slice(0, mostShown)}
              search={search}
              chosen={chosen}
              choose={(id) => setChosen(others.find(({ memberId }) => memberId === id) ?? null)}
            />
          )}
          {chosen === null ? null : <Result self={self} other={chosen} />}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
};

type ChoiceProps = {
  readonly members: readonly Other[];
  readonly search: string;
  readonly chosen: Other | null;
  readonly choose: (memberId: string) => void;
};

const FoundMembers = ({ members, search, chosen, choose }: ChoiceProps) => {
  const { t, points } = useWriting();
  if (members.length === 0) return <Text as="p">{t('members.none_found', { search })}</Text>;
  return (
    <ChoiceList
      title={t('member.merge_found')}
      choices={members.map(({ memberId, card, available }) => ({
        value: memberId,
        label: card?.displayName ?? t('common.guest'),
        helpText: [card?.email, points(available)].filter(Boolean).join(' · '),
      }))}
      selected={chosen === null ? [] : [chosen.memberId]}
      onChange={([id = '']) => choose(id)}
    />
  );
};

/** What is left of the two. */
const Result = ({ self, other }: Pick<Props, 'self'> & { readonly other: Other }) => {
  const { t, points } = useWriting();
  const nameOf = (card: Other['card']): string => card?.displayName ?? t('common.guest');
  const values = {
    name: nameOf(self.card),
    other: nameOf(other.card),
    available: points(Math.max(0, self.balance.available + other.available)),
    pending: points(self.balance.pending + other.pending),
  };
  return <Banner tone="warning">{t('member.merge_result', values)}</Banner>;
};
