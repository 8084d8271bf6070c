import {
  Box,
  ChoiceList,
  Filters,
  InlineGrid,
  Select,
  Tabs,
  TextField,
  useBreakpoints,
  type AppliedFilterInterface,
} from '@shopify/polaris';
import type { MessageKey } from '~/i18n/catalog';
import { readWhole } from '~/i18n/readNumber';
import type { LocalizedText } from '~/core/values/text';
import type { MemberViewId, NoTier, MemberSort } from '~/views/membersAsked';
import { useWriting } from './language';
import { useMemberQuery, useTyped } from './useMemberQuery';

const noTier: NoTier = '-';

// A view or an order without its words does not compile.
const viewWords = {
  all: 'members.view_all',
  lapsing: 'members.view_lapsing',
  owing: 'members.view_owing',
} as const satisfies Record<MemberViewId, MessageKey>;
const sortWords = {
  newest: 'members.sort_newest',
  oldest: 'members.sort_oldest',
  balance_desc: 'members.sort_balance_desc',
  balance_asc: 'members.sort_balance_asc',
} as const satisfies Record<MemberSort, MessageKey>;
const views = Object.entries(viewWords).map(([id, words]) => ({ id, words }));
const sorts = Object.entries(sortWords).map(([id, words]) => ({ id, words }));

type Groups = readonly { readonly id: string; readonly name: LocalizedText }[];

type Props = {
  readonly levels: Groups | null;
  readonly segments: Groups;
  readonly busy: boolean;
};

/** Search, ready-made views, filters and order of the list of members: all of it stands in the address. */
export const MemberFilters = ({ levels, segments, busy }: Props) => {
  const { t } = useWriting();
  const { valueOf, change } = useMemberQuery();
  const { smDown } = useBreakpoints();
  const [text, setText] = useTyped(
    valueOf('q'),
    (typed) => typed,
    (q) => change({ q }),
  );
  const view = Math.max(
    0,
    views.findIndex(({ id }) => id === valueOf('view')),
  );
  return (
    <>
      <Tabs
        tabs={views.map(({ id, words }) => ({ id, content: t(words) }))}
        selected={view}
        onSelect={(index) => change({ view: index === 0 ? '' : (views[index]?.id ?? '') })}
      />
      <Filters
        queryValue={text}
        queryPlaceholder={t('members.search')}
        onQueryChange={setText}
        onQueryClear={() => setText('')}
        loading={busy}
        filters={[
          ...(levels === null ? [] : [groupFilter('tier', t('members.tier'), levels)]),
          ...(segments.length === 0 ? [] : [groupFilter('segment', t('field.segment'), segments)]),
          { key: 'balance', label: t('members.balance'), pinned: true, filter: <BalanceFields /> },
        ]}
        appliedFilters={useApplied(levels, segments)}
        onClearAll={() => change({ tier: '', segment: '', ...noBalance })}
      >
        {text === '' && !smDown ? <Order /> : null}
      </Filters>
      {text === '' && smDown ? (
        <Box padding="300">
          <Order />
        </Box>
      ) : null}
    </>
  );
};

const noBalance = { min: '', max: '' };

const groupFilter = (of: 'tier' | 'segment', label: string, groups: Groups) => ({
  key: of,
  label,
  pinned: true,
  filter: <GroupChoice of={of} groups={groups} />,
});

/** What the list is filtered by now, each with how it is taken away. */
const useApplied = (levels: Groups | null, segments: Groups): AppliedFilterInterface[] => {
  const { t, language, points } = useWriting();
  const { valueOf, change } = useMemberQuery();
  const [tier, segment] = [valueOf('tier'), valueOf('segment')];
  const [min, max] = [valueOf('min'), valueOf('max')];
  const nameIn = (groups: Groups, id: string): string =>
    id === noTier ? t('member.no_tier') : (groups.find((one) => one.id === id)?.name[language] ?? id);
  const group = (of: 'tier' | 'segment', label: string): AppliedFilterInterface => ({
    key: of,
    label,
    onRemove: () => change({ [of]: '' }),
  });
  const balanceSaid = (): string => {
    const said = { min: points(Number(min)), max: points(Number(max)) };
    if (min === '') return t('members.balance_max', said);
    return t(max === '' ? 'members.balance_min' : 'members.balance_between', said);
  };
  return [
    ...(tier === '' || levels === null ? [] : [group('tier', `${t('members.tier')}: ${nameIn(levels, tier)}`)]),
    ...(segment === '' ? [] : [group('segment', `${t('field.segment')}: ${nameIn(segments, segment)}`)]),
    ...(min === '' && max === '' ? [] : [{ key: 'balance', label: balanceSaid(), onRemove: () => change(noBalance) }]),
  ];
};

/** Beside the search; on a phone below it, for there is no room for both. */
const Order = () => {
  const { t } = useWriting();
  const { valueOf, change } = useMemberQuery();
  return (
    <Select
      label={t('members.sort')}
      labelHidden
      options={sorts.map(({ id, words }) => ({ value: id, label: t(words) }))}
      value={sorts.find(({ id }) => id === valueOf('sort'))?.id ?? 'newest'}
      onChange={(sort) => change({ sort: sort === 'newest' ? '' : sort })}
    />
  );
};

type ChoiceProps = { readonly of: 'tier' | 'segment'; readonly groups: Groups };

const GroupChoice = ({ of, groups }: ChoiceProps) => {
  const { t, language } = useWriting();
  const { valueOf, change } = useMemberQuery();
  const choices = groups.map(({ id, name }) => ({ value: id, label: name[language] }));
  return (
    <ChoiceList
      title={t(of === 'tier' ? 'members.tier' : 'members.segment_help')}
      titleHidden={of === 'tier'}
      choices={of === 'tier' ? [{ value: noTier, label: t('member.no_tier') }, ...choices] : choices}
      selected={[valueOf(of)]}
      onChange={([chosen = '']) => change({ [of]: chosen })}
    />
  );
};

const BalanceFields = () => {
  const { t } = useWriting();
  return (
    <InlineGrid columns={2} gap="200">
      <BalanceField name="min" label={t('members.balance_from')} />
      <BalanceField name="max" label={t('members.balance_to')} />
    </InlineGrid>
  );
};

const BalanceField = ({ name, label }: { readonly name: 'min' | 'max'; readonly label: string }) => {
  const { t, language } = useWriting();
  const { valueOf, change } = useMemberQuery();
  const whole = (typed: string): string | null => {
    const read = readWhole(language, typed);
    if (typed === '') return '';
    return read.ok ? String(read.value) : null;
  };
  const [text, setText] = useTyped(valueOf(name), whole, (value) => change({ [name]: value }), true);
  const read = readWhole(language, text);
  const problem = read.ok || text.trim() === '' ? null : t(`read.${read.error}`, { text, count: 0 });
  return (
    <TextField
      label={label}
      value={text}
      onChange={setText}
      autoComplete="off"
      inputMode="numeric"
      {...(problem === null ? {} : { error: problem })}
    />
  );
};
