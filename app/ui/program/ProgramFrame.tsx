import { Outlet, PrefetchPageLinks, useLocation } from '@remix-run/react';
import { SaveBar } from '@shopify/app-bridge-react';
import { BlockStack, InlineGrid, Page, useBreakpoints } from '@shopify/polaris';
import { useEffect, useMemo, type ReactNode } from 'react';
import { thingsNamed } from '~/core/program/thingsNamed';
import type { ProgramAnswer } from '~/http/shopify/programActions';
import { ErrorsShown } from '../fields';
import { useWriting } from '../language';
import { UnsentBanner } from '../UnsentBanner';
import { useHydrated } from '../useHydrated';
import { useLeaveQuestion } from '../useLeaveQuestion';
import { useToast } from '../useToast';
import { Calculator } from './calculator/Calculator';
import { ConflictPage } from './ConflictPage';
import { DraftBanner } from './DraftBanner';
import { KeptTiers } from './KeptTiers';
import { placeAt, ProgramTabs, type Place } from './places';
import { ProgramProvider, type ProgramContext } from './programContext';
import { ShopWordsProvider } from './shopWords';
import { ThingsProvider } from './things';
import { rewardName } from './rewardName';
import { useEditing, type ProgramData } from './useEditing';
import { WishRefusal } from './WishRefusal';

// Going from tab to tab with unsaved changes needs no connection. Only the server knows all routes at first: what it
// painted of these links would not be what the browser paints.
const pagesAhead = ['earn', 'tiers', 'rewards', 'policies', 'names'].map((page) => `/app/program/${page}`);

const barId = 'program-save-bar';

/** What stands around every page of the program: the bar that saves the draft, the tabs, and the calculator. */
export const ProgramFrame = ({ data }: { readonly data: ProgramData }) => {
  const { t, date, language } = useWriting();
  const place = placeAt(useLocation().pathname);
  const hydrated = useHydrated();
  const { context, unsent, attempt, apart, takeSaved, save } = useEditing(data);
  const { draft, published, busy, answer } = context;
  const named = useMemo(() => thingsNamed(published.document, draft.document), [published.document, draft.document]);
  const isGone = place.reward !== null && !draft.document.rewards.some(({ id }) => id === place.reward);
  const title = isGone ? t('program.rewards') : (rewardName(draft.document, place.reward, language) ?? t(place.title));
  useAnswerToast(answer);
  useLeaveQuestion(draft.changed, '/app/program');
  useFirstErrorInSight(attempt);
  return (
    <Page
      title={title}
      subtitle={t('program.version', { version: published.version, date: date(published.publishedAt) })}
      {...(place.back === null ? {} : { backAction: { url: place.back.url, content: t(place.back.name) } })}
    >
      <SaveBar id={barId} open={draft.changed}>
        <button variant="primary" onClick={save} {...(busy ? { loading: '' } : {})}>
          {t('common.save')}
        </button>
        <button onClick={takeSaved}>{t('common.discard')}</button>
      </SaveBar>
      <BlockStack gap="400">
        {hydrated ? pagesAhead.map((page) => <PrefetchPageLinks key={page} page={page} />) : null}
        <UnsentBanner unsent={unsent} />
        <WishRefusal answer={answer} />
        <KeptTiers answer={answer} />
        <ThingsProvider named={named} stores={data.stores}>
          {apart === null ? (
            <ShopWordsProvider>
              <DraftBanner context={context} place={place} />
              <ErrorsShown all={attempt > 0}>
                <Editors key={draft.shown} context={context} place={place} />
              </ErrorsShown>
            </ShopWordsProvider>
          ) : (
            <ConflictPage key={apart.at} apart={apart} version={published.version} busy={busy} />
          )}
        </ThingsProvider>
      </BlockStack>
    </Page>
  );
};

const Editors = ({ context, place }: { readonly context: ProgramContext; readonly place: Place }) => {
  const { published, server, draft, stores, here } = context;
  // What publishes itself at a time is looked at, not changed; the other pages and the calculator stay open.
  const locked = server?.scheduledFor != null && place.isEditor;
  const page = (
    <fieldset disabled={locked} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <ProgramProvider value={context}>
        <Outlet />
      </ProgramProvider>
    </fieldset>
  );
  return (
    <BlockStack gap="400">
      {place.tab === null ? null : <ProgramTabs tab={place.tab} />}
      {place.isEditor ? (
        <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="400">
          {page}
          <InSight>
            <Calculator
              published={published.document}
              draft={draft.valid}
              isDraft={server !== null || draft.changed}
              stores={stores}
              here={here}
            />
          </InSight>
        </InlineGrid>
      ) : (
        page
      )}
    </BlockStack>
  );
};

// It scrolls by itself where it is higher than the screen; the room around it is for the shadow of the card.
const inSight = { position: 'sticky', top: 0, maxHeight: '100vh', overflowY: 'auto', margin: -8, padding: 8 } as const;

/** What stays in sight beside a long page. On a phone it is the last card of the page. */
const InSight = ({ children }: { readonly children: ReactNode }) => {
  const { mdUp } = useBreakpoints();
  return (
    <div>
      <div {...(mdUp ? { style: inSight } : {})}>{children}</div>
    </div>
  );
};

/** What was to be the draft says what is in force already, so that there is none. */
const isSameAsInForce = ({ intent, revision }: ProgramAnswer): boolean =>
  revision === null && (intent === 'save' || intent === 'restore' || intent === 'import');

const useAnswerToast = (answer: ProgramAnswer | undefined): void => {
  const { t } = useWriting();
  const words = (told: ProgramAnswer): string | null => {
    const { intent, refusal, version } = told;
    if (refusal !== null || intent === null) return null;
    if (intent === 'publish' && version !== null) return t('program.saved', { version });
    return t(isSameAsInForce(told) ? 'program.done_same' : `program.done_${intent}`);
  };
  useToast(answer, answer === undefined ? null : words(answer));
};

/** After an attempt to save what is wrong, the first field that is wrong has the focus. */
const useFirstErrorInSight = (attempt: number): void => {
  useEffect(() => {
    if (attempt > 0) window.document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [attempt]);
};
