import { isRouteErrorResponse, useRevalidator } from '@remix-run/react';
import { Banner, Page } from '@shopify/polaris';
import { translate, type Language, type MessageKey } from '~/i18n/catalog';

type Props = { readonly error: unknown; readonly language: Language };

/** What stands in the place of a page that could not be shown. Never a stack trace. */
export const TroublePage = ({ error, language }: Props) => (
  <Page title={translate(language, `trouble.${troubleOf(error)}`)}>
    <TroubleBanner error={error} language={language} />
  </Page>
);

/**
 * What is known about what could not be shown, and a way on. To try again is to ask again for what is missing: a
 * document that is loaded anew in Shopify's frame does not know its shop any more, and what was typed around it would
 * be gone.
 */
export const TroubleBanner = ({ error, language, title }: Props & { readonly title?: string }) => {
  const t = (key: MessageKey): string => translate(language, key);
  const { revalidate, state } = useRevalidator();
  const kind = troubleOf(error);
  const again = { content: t('common.try_again'), loading: state !== 'idle', onAction: revalidate };
  const home = { content: t('common.open_home'), url: '/app' };
  return (
    <Banner
      {...(title === undefined ? {} : { title })}
      tone={kind === 'not_found' ? 'info' : 'critical'}
      action={kind === 'not_found' ? home : again}
    >
      <p>{t(`trouble.${kind}_help`)}</p>
    </Banner>
  );
};

/** What an error means to whoever waits for the page. A request that got no answer at all throws a TypeError. */
export const troubleOf = (error: unknown): 'not_found' | 'signed_out' | 'offline' | 'failed' => {
  if (isRouteErrorResponse(error))
    return error.status === 404 ? 'not_found' : error.status === 401 || error.status === 403 ? 'signed_out' : 'failed';
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message) ? 'offline' : 'failed';
};
