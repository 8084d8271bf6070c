import { Link, useNavigate, useNavigation } from '@remix-run/react';
import { NavMenu, useAppBridge } from '@shopify/app-bridge-react';
import { AppProvider } from '@shopify/polaris';
import { useEffect, type AnchorHTMLAttributes, type ReactNode } from 'react';
import { translate, type Language } from '~/i18n/catalog';
import { polarisTexts } from './polarisTexts';
import { useFocusBack } from './useFocusBack';

type LinkProps = { readonly url: string; readonly external?: boolean | undefined; readonly children?: ReactNode };

// Polaris links lead through the router, so that the admin's frame never loads a page anew.
const RouterLink = ({ url, external, children, ...rest }: LinkProps) => {
  const attributes = rest as AnchorHTMLAttributes<HTMLAnchorElement>;
  return external === true || /^(https?|shopify):/.test(url) ? (
    <a {...attributes} href={url} target={attributes.target ?? '_top'} rel="noreferrer">
      {children}
    </a>
  ) : (
    <Link {...(attributes as object)} to={url}>
      {children}
    </Link>
  );
};

// The admin's own side bar tells of a click by this event.
const useAdminNavigation = (): void => {
  const navigate = useNavigate();
  useEffect(() => {
    const go = (event: Event): void => {
      const href = (event.target as HTMLElement | null)?.getAttribute('href');
      if (href != null) navigate(href);
    };
    document.addEventListener('shopify:navigate', go);
    return () => document.removeEventListener('shopify:navigate', go);
  }, [navigate]);
};

// Shopify's own bar at the top of the admin moves while the next page is on its way.
const useLoadingSign = (): void => {
  const shopify = useAppBridge();
  const loading = useNavigation().state === 'loading';
  useEffect(() => {
    if (!loading) return;
    shopify.loading(true);
    return () => shopify.loading(false);
  }, [loading, shopify]);
};

/**
 * The frame of every page: Polaris in the merchant's language and the app's navigation. Menus and dialogs are drawn at
 * its end, so they belong to the main part of the page, too.
 */
export const EmbeddedApp = ({ language, children }: { readonly language: Language; readonly children: ReactNode }) => {
  useAdminNavigation();
  useLoadingSign();
  useFocusBack(useNavigation().state !== 'idle');
  return (
    <main tabIndex={-1} style={{ outline: 'none' }}>
      <AppProvider i18n={polarisTexts[language]} linkComponent={RouterLink}>
        <NavMenu>
          <a href="/app" rel="home">
            {translate(language, 'nav.home')}
          </a>
          <a href="/app/program">{translate(language, 'nav.program')}</a>
          <a href="/app/members">{translate(language, 'nav.members')}</a>
          <a href="/app/settings">{translate(language, 'nav.settings')}</a>
        </NavMenu>
        {children}
      </AppProvider>
    </main>
  );
};
