import { Banner, Button, InlineStack, List, Text } from '@shopify/polaris';
import { useMemo, useRef, useState } from 'react';
import type { ProgramDocument } from '~/core/program/document';
import type { DocumentIssue } from '~/core/program/issues';
import { readDocument } from '~/core/program/migration';
import { withThings, type ThingChoices } from '~/core/program/thingsNamed';
import { readJson } from '~/core/values/untrusted';
import type { ProgramAnswer } from '~/http/shopify/programActions';
import { fieldName, issueInWords } from '~/i18n/documentWords';
import type { SentenceSay } from '~/i18n/sentences/say';
import { useWriting } from '../../language';
import { saveText } from '../../saveFile';
import { useProgram } from '../programContext';
import { Section } from '../Section';
import { UnknownThings } from './UnknownThings';

const issuesShown = 20;

/** The whole program as a file: out of the shop, and back into the draft. */
export const DocumentFile = () => {
  const { t } = useWriting();
  const { published, server, draft, send, busy, answer } = useProgram();
  const input = useRef<HTMLInputElement>(null);
  const locked = server?.scheduledFor != null;
  const file = useFile();
  const unknown = answer?.intent === 'import' && answer.refusal === 'unknown_things' ? answer.things : null;
  const bring = ({ text, choices }: Brought): void =>
    send({ intent: 'import', text, choices: [...choices], seen: server?.revision ?? null });
  return (
    <Section title={t('program.document')} help={t('program.document_help')}>
      <InlineStack gap="200">
        <Button
          onClick={() =>
            saveText(`fidelio-program-v${published.version}.json`, `${JSON.stringify(published.document, null, 2)}\n`)
          }
        >
          {t('program.export')}
        </Button>
        <Button disabled={draft.changed || locked} loading={busy} onClick={() => input.current?.click()}>
          {t('program.import')}
        </Button>
        <input
          ref={input}
          type="file"
          accept="application/json,.json"
          hidden
          disabled={draft.changed || locked}
          aria-label={t('program.import')}
          onChange={(event) => {
            void file.open(event.currentTarget.files?.[0]).then((brought) => brought && bring(brought));
            event.currentTarget.value = '';
          }}
        />
      </InlineStack>
      {file.document !== null && unknown !== null ? (
        <UnknownThings
          key={JSON.stringify(unknown)}
          document={file.document}
          things={unknown}
          import={(choices) => {
            const brought = file.choose(choices);
            if (brought !== null) bring(brought);
          }}
          cancel={file.close}
        />
      ) : answer?.intent === 'import' && !busy ? (
        <Outcome answer={answer} isDraftWrong={draft.issues.length > 0} />
      ) : null}
    </Section>
  );
};

type Brought = { readonly text: string; readonly choices: readonly ThingChoices[] };

/** The file that is being imported: kept until all that it names is found or left out, for only then it is. */
const useFile = () => {
  const [brought, setBrought] = useState<Brought | null>(null);
  const keep = (next: Brought): Brought => {
    setBrought(next);
    return next;
  };
  return {
    document: useMemo(() => (brought === null ? null : documentIn(brought)), [brought]),
    open: async (file: File | undefined): Promise<Brought | null> =>
      file === undefined ? null : keep({ text: await file.text(), choices: [] }),
    choose: (choices: ThingChoices): Brought | null =>
      brought === null ? null : keep({ ...brought, choices: [...brought.choices, choices] }),
    close: () => setBrought(null),
  };
};

const documentIn = ({ text, choices }: Brought): ProgramDocument | null => {
  const given = readJson(text);
  const read = given.ok ? readDocument(given.value) : null;
  return read?.ok === true ? choices.reduce(withThings, read.value) : null;
};

type OutcomeProps = {
  readonly answer: ProgramAnswer;
  /** The draft has errors: something was left out that a rule needs. */
  readonly isDraftWrong: boolean;
};

const Outcome = ({ answer, isDraftWrong }: OutcomeProps) => {
  const { t, ...say } = useWriting();
  const { refusal, issues, schemaVersion, revision } = answer;
  if (refusal === 'unknown_things') return null;
  if (refusal === null && revision === null)
    return (
      <Banner tone="info" stopAnnouncements>
        {t('program.import_same')}
      </Banner>
    );
  if (refusal === null)
    return isDraftWrong ? (
      <Banner tone="warning" action={{ content: t('program.review'), url: '/app/program/review' }}>
        {t('program.import_incomplete')}
      </Banner>
    ) : (
      <Banner tone="success" stopAnnouncements>
        {t('program.import_ready')}
      </Banner>
    );
  if (refusal === 'shop_away') return <Banner tone="critical">{t('program.import_shop_away')}</Banner>;
  if (refusal === 'newer_schema')
    return <Banner tone="critical">{t('program.import_newer', { schema: schemaVersion ?? 0 })}</Banner>;
  if (refusal === 'too_large') return <Banner tone="critical">{t('program.import_too_large')}</Banner>;
  if (refusal === 'not_json') return <Banner tone="critical">{t('program.import_not_json')}</Banner>;
  if (refusal === 'draft_changed' || refusal === 'scheduled')
    return <Banner tone="critical">{t(refusal === 'scheduled' ? 'program.locked' : 'program.draft_changed')}</Banner>;
  return (
    <Banner tone="critical" title={t('program.import_refused')}>
      <List>
        {issues.slice(0, issuesShown).map((issue) => (
          <List.Item key={`${issue.path}${issue.message}`}>
            <Text as="span" fontWeight="semibold">
              {nameAndPlace(issue, say)}
            </Text>
            {': '}
            {issueInWords(issue, [], say)}
          </List.Item>
        ))}
      </List>
    </Banner>
  );
};

// The field as people call it, and where it stands in the file.
const nameAndPlace = ({ path }: DocumentIssue, say: SentenceSay): string => {
  const name = fieldName(path === '' ? [] : path.split('.'), [], say);
  return name === path || path === '' ? name : `${name} (${path})`;
};
