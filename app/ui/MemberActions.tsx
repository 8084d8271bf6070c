import { useFetcher, useNavigation, useSubmit } from '@remix-run/react';
import {
  ActionList,
  Banner,
  BlockStack,
  Button,
  Modal,
  Popover,
  ResourceItem,
  ResourceList,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { MemberPage } from '~/views/memberPage';
import { readWhole } from '~/i18n/readNumber';
import { useWriting } from './language';
import type { Unanswered } from './sending';
import { UnsentBanner } from './UnsentBanner';

/** What staff may do with a member. `done` counts what was done, so that the dialog closes. */
type Props = {
  readonly memberId: string;
  readonly tiers: MemberPage['tiers'];
  readonly answer:
    { readonly done: string | null; readonly refusal: string | null; readonly ask: string | null } | undefined;
  readonly unsent: Unanswered | null;
};
type Dialog = 'adjust' | 'tier' | 'merge';

const newId = (): string => crypto.randomUUID();

/** Adjusting a balance, giving a tier, merging with another member: each asks for what the ledger will show later. */
export const MemberActions = ({ memberId, tiers, answer, unsent }: Props) => {
  const { t } = useWriting();
  const [open, setOpen] = useState(false);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  // The id is made once for each dialog: sending it twice corrects once.
  const [wish, setWish] = useState(newId);
  useEffect(() => {
    if (answer?.done === wish) setDialog(null);
  }, [answer, wish]);
  const show = (next: Dialog): void => {
    setOpen(false);
    setWish(newId());
    setBefore(answer);
    setDialog(next);
  };
  const offered: Dialog[] = tiers === null ? ['adjust', 'merge'] : ['adjust', 'tier', 'merge'];
  // What was answered to an earlier dialog says nothing about this one.
  const [before, setBefore] = useState(answer);
  const now = answer === before ? undefined : answer;
  const shared = { wish, refusal: now?.refusal ?? null, ask: now?.ask ?? null, unsent, close: () => setDialog(null) };
  return (
    <>
      <Popover
        active={open}
        onClose={() => setOpen(false)}
        preferredAlignment="right"
        activator={
          <Button disclosure onClick={() => setOpen(!open)}>
            {t('member.actions')}
          </Button>
        }
      >
        <ActionList
          actionRole="menuitem"
          items={offered.map((name) => ({ content: t(`member.${name}`), onAction: () => show(name) }))}
        />
      </Popover>
      {dialog === 'adjust' ? <AdjustDialog {...shared} /> : null}
      {dialog === 'tier' && tiers !== null ? <TierDialog {...shared} tiers={tiers} /> : null}
      {dialog === 'merge' ? <MergeDialog {...shared} memberId={memberId} /> : null}
    </>
  );
};

type DialogProps = {
  readonly wish: string;
  readonly refusal: string | null;
  readonly ask: string | null;
  readonly unsent: Unanswered | null;
  readonly close: () => void;
};

const useSend = (wish: string) => {
  const submit = useSubmit();
  const busy = useNavigation().state !== 'idle';
  return {
    busy,
    send: (values: Readonly<Record<string, string>>): void =>
      submit({ ...values, wish }, { method: 'post', replace: true }),
  };
};

const AdjustDialog = ({ wish, refusal, ask, unsent, close }: DialogProps) => {
  const { t, language } = useWriting();
  const { busy, send } = useSend(wish);
  const [points, setPoints] = useState('');
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  // What staff was asked about; another number is another question.
  const [asked, setAsked] = useState('');
  const [tried, setTried] = useState(false);
  const read = readWhole(language, points);
  const pointsError = read.ok
    ? read.value === 0
      ? t('member.refused_not_points')
      : undefined
    : t(`read.${read.error}`, { text: points, count: 0 });
  const reasonError = reason.trim() === '' ? t('member.refused_no_reason') : undefined;
  const question = ask !== null && asked === points && !busy ? ask : null;
  const confirm = (): void => {
    setTried(true);
    if (pointsError !== undefined || reasonError !== undefined) return;
    setAsked(points);
    send({ intent: 'adjust', points, reason, note, ...(question === null ? {} : { confirmed: 'on' }) });
  };
  return (
    <Modal
      open
      onClose={close}
      title={t('member.adjust')}
      primaryAction={{
        content: t(question === null ? 'member.adjust_do' : 'member.adjust_confirm'),
        destructive: question !== null,
        loading: busy,
        onAction: confirm,
      }}
      secondaryActions={[{ content: t('common.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <UnsentBanner unsent={unsent} />
          {refusal === null || busy ? null : <Banner tone="critical">{refusal}</Banner>}
          {question === null ? null : <Banner tone="warning">{question}</Banner>}
          <AnsweredField
            label={t('member.adjust_points')}
            help={t('member.adjust_points_help')}
            value={points}
            onChange={setPoints}
            error={pointsError}
            shown={tried}
            numeric
          />
          <AnsweredField
            label={t('member.reason')}
            help={t('member.reason_help')}
            value={reason}
            onChange={setReason}
            error={reasonError}
            shown={tried}
          />
          <AnsweredField
            label={t('member.note')}
            help={t('member.note_help')}
            value={note}
            onChange={setNote}
            error={undefined}
            shown={false}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
};

type FieldProps = {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
  /** Whether the error is shown although the field was not left yet. */
  readonly shown: boolean;
  readonly numeric?: boolean;
};

/** A field of a dialog: it keeps what is typed, and says what is wrong with it once it was left. */
const AnsweredField = ({ label, help, value, onChange, error, shown, numeric = false }: FieldProps) => {
  const [left, setLeft] = useState(false);
  return (
    <TextField
      label={label}
      helpText={help}
      value={value}
      onChange={onChange}
      onBlur={() => setLeft(value !== '')}
      autoComplete="off"

      maxLength={numeric ? 40 : 200}
      error={(left || shown) && error !== undefined ? error : false}
    />
  );
};

const TierDialog = ({
  wish,
  refusal,
  unsent,
  close,
  tiers,
}: DialogProps & { readonly tiers: NonNullable<MemberPage['tiers']> }) => {
  const { t, language } = useWriting();
  const { busy, send } = useSend(wish);
  const [tierId, setTierId] = useState(tiers.current ?? tiers.levels[0]?.id ?? '');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      onClose={close}
      title={t('member.tier')}
      primaryAction={{
        content: t('member.tier_do'),
        loading: busy,
        disabled: reason.trim() === '',
        onAction: () => send({ intent: 'tier', tierId, until, reason }),
      }}
      secondaryActions={[{ content: t('common.cancel'), onAction: close }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          <UnsentBanner unsent={unsent} />
          {refusal === null || busy ? null : <Banner tone="critical">{refusal}</Banner>}
          <Select
            label={t('member.tier_which')}
            options={[
              { label: t('member.no_tier'), value: '' },
              ...tiers.levels.map(({ id, name }) => ({ label: name[language], value: id })),
            ]}
            value={tierId}
            onChange={setTierId}
          />
          <TextField
            label={t('member.tier_until')}
            helpText={t('member.tier_until_help')}
            type="date"
            value={until}
            onChange={setUntil}
            autoComplete="off"
          />
          <TextField
            label={t('member.tier_reason')}
            value={reason}
            onChange={setReason}
            autoComplete="off"
            maxLength={200}
          />
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
};

type Found = {
  readonly members: readonly {
    readonly memberId: string;
    readonly available: number;
    readonly card: { readonly displayName: string; readonly email: string | null } | null;
  }[];
};

const MergeDialog = ({ wish, refusal, unsent, close, memberId }: DialogProps & { readonly memberId: string }) => {
  const { t, points } = useWriting();
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
            <ResourceList
              items={others.slice(0, 10)}
              emptyState={<Text as="p">{t('members.none_found', { search })}</Text>}
              renderItem={(one) => (
                <ResourceItem
                  id={one.memberId}
                  onClick={() => setChosen(one.memberId)}
                  accessibilityLabel={one.card?.displayName ?? t('common.guest')}
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
          )}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
};
