import { BlockStack, Button, Card, ChoiceList, InlineGrid, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { Change } from '~/core/program/changes';
import { diffOf } from '~/core/program/diff';
import type { ProgramDocument } from '~/core/program/document';
import { conflictKey, mergeDocuments, type Conflict, type Side } from '~/core/program/merge';
import { changeInWords } from '~/i18n/documentWords';
import { useWriting } from '../language';
import { DifferenceList } from './DifferenceList';
import type { Apart } from './useEditing';

type Props = { readonly apart: Apart; readonly version: number; readonly busy: boolean };

/**
 * "Your changes are still here": what another made meanwhile and what was made here, as sentences; both values wherever
 * both changed the same; and one press that keeps both.
 */
export const ConflictPage = ({ apart, version, busy }: Props) => {
  const { t, dateTime, ...say } = useWriting();
  const { kind, of, base, theirs, mine, isOwn, at, together, discard } = apart;
  const [choices, setChoices] = useState<Readonly<Record<string, Side>>>({});
  const merged = mergeDocuments(base, theirs, mine, choices);
  const words = (change: Change): string => changeInWords(change, [base, theirs, mine], say);
  const open = merged.conflicts.filter((conflict) => choices[conflictKey(conflict)] === undefined);
  // Of a draft that is gone nobody knows who discarded it.
  const who = isOwn && kind !== 'discarded' ? 'own' : 'other';
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {kind === 'discarded'
              ? t('program.conflict_discarded')
              : t(`program.conflict_${kind}_${who}`, { version, at: dateTime(at) })}
          </Text>
          <Text as="p" tone="subdued">
            {t('program.conflict_help')}
          </Text>
        </BlockStack>
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
          <Side title={t(`program.conflict_theirs_${who}`)} before={base} after={theirs} />
          <Side title={t(`program.conflict_mine_${of}`)} before={base} after={mine} />
        </InlineGrid>
        {merged.conflicts.map((conflict) => (
          <Choice
            key={conflictKey(conflict)}
            conflict={conflict}
            words={words}
            chosen={choices[conflictKey(conflict)]}
            choose={(side) => setChoices({ ...choices, [conflictKey(conflict)]: side })}
          />
        ))}
        <InlineStack gap="200">
          <Button variant="primary" loading={busy} disabled={open.length > 0} onClick={() => together(merged.document)}>
            {t('program.conflict_together')}
          </Button>
          <Button disabled={busy} onClick={discard}>
            {t(`program.conflict_discard_${of}`)}
          </Button>
        </InlineStack>
        {open.length > 0 ? (
          <Text as="p" tone="subdued">
            {t('program.conflict_choose', { count: open.length })}
          </Text>
        ) : null}
      </BlockStack>
    </Card>
  );
};

type SideProps = { readonly title: string; readonly before: ProgramDocument; readonly after: ProgramDocument };

const Side = ({ title, before, after }: SideProps) => (
  <BlockStack gap="200">
    <Text as="h3" variant="headingSm">
      {title}
    </Text>
    <DifferenceList differences={diffOf(before, after)} between={[before, after]} />
  </BlockStack>
);

type ChoiceProps = {
  readonly conflict: Conflict;
  readonly words: (change: Change) => string;
  readonly chosen: Side | undefined;
  readonly choose: (side: Side) => void;
};

const Choice = ({ conflict, words, chosen, choose }: ChoiceProps) => {
  const { t } = useWriting();
  const option = (side: Side) => ({
    value: side,
    label: conflict[side].map(words).join(' · '),
    helpText: t(`program.conflict_side_${side}`),
  });
  return (
    <ChoiceList
      title={t('program.conflict_both')}
      choices={[option('theirs'), option('mine')]}
      selected={chosen === undefined ? [] : [chosen]}
      onChange={([side]) => choose(side === 'mine' ? 'mine' : 'theirs')}
    />
  );
};
