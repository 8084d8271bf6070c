import { useNavigation, useSubmit } from '@remix-run/react';
import { SaveBar, useAppBridge } from '@shopify/app-bridge-react';
import { Banner, BlockStack, Box, Page } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import type { ProgramDocument } from '~/core/program/document';
import { issueInWords } from '~/i18n/documentWords';
import { ConflictCard } from './ConflictCard';
import { DocumentSection } from './DocumentSection';
import { EarnSection } from './EarnSection';
import { ErrorsShown } from './fields';
import { useWriting } from './language';
import { NamesSection } from './NamesSection';
import { RewardsSection } from './RewardsSection';
import type { Unanswered } from './sending';
import { UnsentBanner } from './UnsentBanner';
import { useLeaveQuestion } from './useLeaveQuestion';
import { useProgramDraft, type Published } from './useProgramDraft';

const barId = 'program-save-bar';

type Props = {
  readonly published: Published & { readonly publishedAt: number; readonly isOwn: boolean };
  readonly answer:
    | { readonly version: number | null; readonly refusal: 'not_a_document' | 'version_changed' | 'too_large' | null }
    | undefined;
  readonly unsent: Unanswered | null;
};

/** The program as people edit it: sections, what is wrong with them, and what another saved meanwhile. */
export const ProgramEditor = ({ published, answer, unsent }: Props) => {
  const { t, date, language, currency } = useWriting();
  const submit = useSubmit();
  const busy = useNavigation().state !== 'idle';
  const { version, document, publishedAt } = published;
  const draft = useProgramDraft(published, answer?.version ?? null);
  const [attempt, setAttempt] = useState(0);
  useSavedToast(answer?.version ?? null);
  useLeaveQuestion(draft.changed);
  useFirstErrorInSight(attempt);

  const send = (what: ProgramDocument, basedOn: number): void =>
    submit(draft.sending(what, basedOn), { method: 'post', encType: 'application/json', replace: true });
  const save = (): void => {
    setAttempt(draft.issues.length > 0 ? attempt + 1 : 0);
    if (draft.issues.length === 0) send(draft.document, draft.basedOn.version);
  };
  const takePublished = (): void => {
    setAttempt(0);
    draft.replace(document, published);
  };
  const together = (merged: ProgramDocument): void => {
    draft.replace(merged, published);
    send(merged, version);
  };
  const errorAt = (part: string) => (field: string) => {
    const issue = draft.issues.find(({ path }) => path === `${part}.${field}`);
    return issue === undefined ? undefined : issueInWords(issue, [draft.document], { language, currency });
  };
  return (
    <Page title={t('nav.program')} subtitle={t('program.version', { version, date: date(publishedAt) })} narrowWidth>
      <SaveBar id={barId} open={draft.changed}>
        <button variant="primary" onClick={save} {...(busy ? { loading: '' } : {})}>
          {t('common.save')}
        </button>
        <button onClick={takePublished}>{t('common.discard')}</button>
      </SaveBar>
      <BlockStack gap="400">
        <UnsentBanner unsent={unsent} />
        {draft.changed && draft.apart ? (
          <ConflictCard
            key={version}
            basedOn={draft.basedOn.document}
            published={published}
            draft={draft.document}
            busy={busy}
            onTogether={together}
            onDiscard={takePublished}
          />
        ) : null}
        {(attempt > 0 && draft.issues.length > 0) || (draft.changed && answer?.refusal === 'not_a_document') ? (
          <Banner tone="critical">{t('program.invalid')}</Banner>
        ) : null}
        {draft.changed && answer?.refusal === 'too_large' ? (
          <Banner tone="critical">{t('common.too_large')}</Banner>
        ) : null}
        <ErrorsShown all={attempt > 0}>
          <BlockStack gap="400" key={draft.shown}>
            <EarnSection
              earning={draft.document.earning}
              change={(earning) => draft.change({ earning })}
              errorAt={errorAt('earning')}
            />
            <RewardsSection
              isWrong={(index) => draft.issues.some(({ path }) => path.startsWith(`rewards.${index}.`))}
              rewards={draft.document.rewards}
              change={(rewards) => draft.change({ rewards })}
              errorAt={errorAt('rewards')}
            />
            <NamesSection
              names={draft.document.names}
              change={(names) => draft.change({ names })}
              errorAt={errorAt('names')}
            />
          </BlockStack>
        </ErrorsShown>
        <Box>
          <DocumentSection key={version} document={document} version={version} onImport={draft.replace} />
        </Box>
      </BlockStack>
    </Page>
  );
};

const useSavedToast = (version: number | null): void => {
  const { t } = useWriting();
  const shopify = useAppBridge();
  useEffect(() => {
    if (version !== null) shopify.toast.show(t('program.saved', { version }));
  }, [version, shopify, t]);
};

/** After an attempt to save what cannot be saved, the first field that is wrong has the focus. */
const useFirstErrorInSight = (attempt: number): void => {
  useEffect(() => {
    if (attempt > 0) window.document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [attempt]);
};
