import { BlockStack, Button, InlineStack, List, Text } from '@shopify/polaris';
import { useEffect, useRef } from 'react';
import { diffOf } from '~/core/program/diff';
import type { ProgramDocument } from '~/core/program/document';
import type { ProgramVersions, Restorable } from '~/views/programVersions';
import { useWriting } from '../../language';
import { saveText } from '../../saveFile';
import { DifferenceList } from '../DifferenceList';
import { useProgram } from '../programContext';
import { Section } from '../Section';
import { DocumentFile } from './DocumentFile';

type Seen = (Restorable & { readonly document: ProgramDocument }) | null;
type Props = Omit<ProgramVersions, 'seen'> & { readonly seen: Seen };

const nameOf = ({ kind, number }: Restorable): string => `${kind}-${number}`;
const linkOf = (one: Restorable): string => `see-${nameOf(one)}`;
const seenId = 'seen-version';

const urlOf = (one: Restorable): string => `/app/program/versions?see=${nameOf(one)}`;

/** Everything that the program was: to look at, to compare, to bring back, to take along. */
export const VersionsPage = ({ versions, replaced, seen }: Props) => {
  const { t, dateTime } = useWriting();
  const { published, draft } = useProgram();
  useSeenInFocus(seen);
  return (
    <BlockStack gap="400">
      {draft.changed ? (
        <Text as="p" tone="subdued">
          {t('program.save_first')}
        </Text>
      ) : null}
      {seen === null ? null : <SeenVersion key={`${seen.kind}${seen.number}`} seen={seen} />}
      <Section title={t('program.tab_versions')} help={t('program.versions_help')}>
        <List>
          {versions.map(({ version, publishedAt }) => (
            <List.Item key={version}>
              <InlineStack align="space-between" blockAlign="start" gap="300" wrap={false}>
                <Text as="span" fontWeight={version === published.version ? 'semibold' : 'regular'}>
                  {t(version === published.version ? 'program.version_in_force' : 'program.version_item', {
                    version,
                    at: dateTime(publishedAt),
                  })}
                </Text>
                <Button
                  id={linkOf({ kind: 'version', number: version })}
                  variant="plain"
                  url={urlOf({ kind: 'version', number: version })}
                  accessibilityLabel={t('program.see_version', { version })}
                >
                  {t('program.see')}
                </Button>
              </InlineStack>
            </List.Item>
          ))}
        </List>
      </Section>
      {replaced.length === 0 ? null : (
        <Section title={t('program.replaced')} help={t('program.replaced_help')}>
          <List>
            {replaced.map(({ revision, savedAt, basedOn }) => (
              <List.Item key={revision}>
                <InlineStack align="space-between" blockAlign="start" gap="300" wrap={false}>
                  <Text as="span">{t('program.replaced_item', { version: basedOn, at: dateTime(savedAt) })}</Text>
                  <Button
                    id={linkOf({ kind: 'draft', number: revision })}
                    variant="plain"
                    url={urlOf({ kind: 'draft', number: revision })}
                    accessibilityLabel={`${t('program.see')}: ${dateTime(savedAt)}`}
                  >
                    {t('program.see')}
                  </Button>
                </InlineStack>
              </List.Item>
            ))}
          </List>
        </Section>
      )}
      <DocumentFile />
    </BlockStack>
  );
};

/** What is opened has the focus; when it is closed, the link that opened it. */
const useSeenInFocus = (seen: Seen): void => {
  const shown = useRef(seen);
  useEffect(() => {
    const before = shown.current;
    shown.current = seen;
    if ((before === null ? null : nameOf(before)) === (seen === null ? null : nameOf(seen))) return;
    const target = seen !== null ? seenId : before !== null ? linkOf(before) : null;
    if (target !== null) document.getElementById(target)?.focus();
  }, [seen]);
};

/** One version or earlier draft: how it differs from what is in force, and what can be done with it. */
const SeenVersion = ({ seen }: { readonly seen: NonNullable<Seen> }) => {
  const { t } = useWriting();
  const { published, server, draft, send, busy } = useProgram();
  const { kind, number, document } = seen;
  const isInForce = kind === 'version' && number === published.version;
  const locked = server?.scheduledFor != null;
  return (
    <Section
      id={seenId}
      title={kind === 'version' ? t('program.version_title', { version: number }) : t('program.replaced_title')}
      action={{ content: t('program.close'), url: '/app/program/versions' }}
    >
      {isInForce ? (
        <Text as="p">{t('program.version_now')}</Text>
      ) : (
        <>
          <Text as="h3" variant="headingSm">
            {t('program.compared', { version: published.version })}
          </Text>
          <DifferenceList differences={diffOf(published.document, document)} between={[published.document, document]} />
        </>
      )}
      <InlineStack gap="200">
        {isInForce ? null : (
          <Button
            variant="primary"
            loading={busy}
            disabled={draft.changed || locked}
            onClick={() => send({ intent: 'restore', what: { kind, number }, seen: server?.revision ?? null })}
          >
            {t('program.restore')}
          </Button>
        )}
        {kind === 'version' ? (
          <Button onClick={() => saveText(`fidelio-program-v${number}.json`, documentText(document))}>
            {t('program.export')}
          </Button>
        ) : null}
      </InlineStack>
    </Section>
  );
};

const documentText = (document: ProgramDocument): string => `${JSON.stringify(document, null, 2)}\n`;
