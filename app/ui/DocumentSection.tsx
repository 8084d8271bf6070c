import { Banner, BlockStack, Button, Card, InlineStack, List, Text } from '@shopify/polaris';
import { useRef, useState } from 'react';
import type { ProgramDocument } from '~/core/program/document';
import type { DocumentIssue } from '~/core/program/issues';
import { readDocument } from '~/core/program/migration';
import { fieldName, issueInWords, type DocumentSay } from '~/i18n/documentWords';
import { useWriting } from './language';

type Props = {
  readonly document: ProgramDocument;
  readonly version: number;
  /** A document that could be read becomes the draft; nothing is published by it. */
  readonly onImport: (document: ProgramDocument) => void;
};

type Outcome =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not_json' }
  | { readonly kind: 'refused'; readonly issues: readonly DocumentIssue[] };

const issuesShown = 20;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The whole program as a file: out of the shop, and back into a draft. */
export const DocumentSection = ({ document: published, version, onImport }: Props) => {
  const { t } = useWriting();
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  const save = (): void => {
    const url = URL.createObjectURL(
      new Blob([`${JSON.stringify(published, null, 2)}\n`], { type: 'application/json' }),
    );
    const link = Object.assign(document.createElement('a'), { href: url, download: `fidelio-program-${version}.json` });
    link.click();
    URL.revokeObjectURL(url);
  };
  const load = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const given = parse(await file.text());
    if (given === undefined) return setOutcome({ kind: 'not_json' });
    const read = readDocument(given);
    setOutcome(read.ok ? { kind: 'ready' } : { kind: 'refused', issues: read.error });
    if (read.ok) onImport(read.value);
  };

  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('program.document')}
        </Text>
        <Text as="p" tone="subdued">
          {t('program.document_help')}
        </Text>
        <InlineStack gap="200">
          <Button onClick={save}>{t('program.export')}</Button>
          <Button onClick={() => input.current?.click()}>{t('program.import')}</Button>
          <input
            ref={input}
            type="file"
            accept="application/json,.json"
            hidden
            aria-label={t('program.import')}
            onChange={(event) => {
              void load(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </InlineStack>
        {outcome === null ? null : <ImportOutcome outcome={outcome} />}
      </BlockStack>
    </Card>
  );
};

const ImportOutcome = ({ outcome }: { readonly outcome: Outcome }) => {
  const { t, language, currency } = useWriting();
  if (outcome.kind === 'ready') return <Banner tone="success">{t('program.import_ready')}</Banner>;
  if (outcome.kind === 'not_json') return <Banner tone="critical">{t('program.import_not_json')}</Banner>;
  return (
    <Banner tone="critical" title={t('program.import_refused')}>
      <List>
        {outcome.issues.slice(0, issuesShown).map((issue) => (
          <List.Item key={`${issue.path}${issue.message}`}>
            <Text as="span" fontWeight="semibold">
              {nameAndPlace(issue, { language, currency })}
            </Text>
            {': '}
            {issueInWords(issue, [], { language, currency })}
          </List.Item>
        ))}
      </List>
    </Banner>
  );
};

// The field as people call it, and where it stands in the file.
const nameAndPlace = ({ path }: DocumentIssue, say: DocumentSay): string => {
  const name = fieldName(path === '' ? [] : path.split('.'), [], say);
  return name === path || path === '' ? name : `${name} (${path})`;
};
