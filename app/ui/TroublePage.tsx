import { isRouteErrorResponse } from '@remix-run/react';
import { Banner, Page } from '@shopify/polaris';
import { translate, type Language, type MessageKey } from '~/i18n/catalog';

/**
 * What stands in the place of a page that could not be shown: what is known about it, and a way on. Never a stack
 * trace.
 */
export const TroublePage = ({ error, language }: { readonly error: unknown; readonly language: Language }) => {
  const t = (key: MessageKey): string => translate(language, key);
  const kind = troubleOf(error);
  const again = { content: t('common.try_again'), onAction: () => window.location.reload() };
  const home = { content: t('common.open_home'), url: '/app' };
  return (
    <Page title={t(`trouble.${kind}`)}>
      <Banner tone={kind === 'not_found' ? 'info' : 'critical'} action={kind === 'not_found' ? home : again}>
        <p>{t(`trouble.${kind}_help`)}</p>
      </Banner>
    </Page>
  );
};

/** What an error means to whoever waits for the page. A request that got no answer at all throws a TypeError. */
const troubleOf = (error: unknown): 'not_found' | 'signed_out' | 'offline' | 'failed' => {
  if (isRouteErrorResponse(error))
    return error.status === 404 ? 'not_found' : error.status === 401 || error.status === 403 ? 'signed_out' : 'failed';
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message) ? 'offline' : 'failed';
};
