import { BlockStack, Button, Card, ChoiceList, InlineGrid, InlineStack, List, Text } from '@shopify/polaris';
import { useState } from 'react';
import type { Change } from '~/core/program/changes';
import type { ProgramDocument } from '~/core/program/document';
import { conflictKey, mergeDocuments, type Conflict, type Side } from '~/core/program/merge';
import { changeInWords } from '~/i18n/documentWords';
import { useWriting } from './language';
import type { Published } from './useProgramDraft';

type Props = {
  readonly basedOn: ProgramDocument;
  readonly published: Published & { readonly publishedAt: number; readonly isOwn: boolean };
  readonly draft: ProgramDocument;
  readonly busy: boolean;
  /** Both people's changes in one document. */
  readonly onTogether: (document: ProgramDocument) => void;
  readonly onDiscard: () => void;
};

/**
 * Somebody else saved meanwhile: what they changed, what is changed here, and a choice wherever both changed the same.
 */
export const ConflictCard = ({ basedOn, published, draft, busy, onTogether, onDiscard }: Props) => {
  const { t, dateTime, language, currency } = useWriting();
  const [choices, setChoices] = useState<Readonly<Record<string, Side>>>({});
  const merged = mergeDocuments(basedOn, published.document, draft, choices);
  const documents = [basedOn, published.document, draft];
  const words = (change: Change): string => changeInWords(change, documents, { language, currency });
  const open = merged.conflicts.filter((conflict) => choices[conflictKey(conflict)] === undefined);
  const heading = t(published.isOwn ? 'program.conflict_own' : 'program.conflict_other', {
    version: published.version,
    at: dateTime(published.publishedAt),
  });
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {heading}
          </Text>
          <Text as="p" tone="subdued">
            {t('program.conflict_help')}
          </Text>
        </BlockStack>
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
          <Changes
            title={t(published.isOwn ? 'program.conflict_saved' : 'program.conflict_theirs')}
            changes={merged.theirs.map(words)}
          />
          <Changes title={t('program.conflict_mine')} changes={merged.mine.map(words)} />
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
          <Button
            variant="primary"
            loading={busy}
            disabled={open.length > 0}
            onClick={() => onTogether(merged.document)}
          >
            {t('program.conflict_together')}
          </Button>
          <Button disabled={busy} onClick={onDiscard}>
            {t('program.conflict_discard')}
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

const Changes = ({ title, changes }: { readonly title: string; readonly changes: readonly string[] }) => (
  <BlockStack gap="100">
    <Text as="h3" variant="headingSm">
      {title}
    </Text>
    <List>
      {changes.map((change) => (
        <List.Item key={change}>{change}</List.Item>
      ))}
    </List>
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
