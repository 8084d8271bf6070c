import { Link, useNavigate } from '@remix-run/react';
import { NavMenu } from '@shopify/app-bridge-react';
import { AppProvider } from '@shopify/polaris';
import deTranslations from '@shopify/polaris/locales/de.json';
import enTranslations from '@shopify/polaris/locales/en.json';
import esTranslations from '@shopify/polaris/locales/es.json';
import frTranslations from '@shopify/polaris/locales/fr.json';
import itTranslations from '@shopify/polaris/locales/it.json';
import { useEffect, type AnchorHTMLAttributes, type ReactNode } from 'react';
import { translate, type Language } from '~/i18n/catalog';

const polaris = { en: enTranslations, it: itTranslations, de: deTranslations, fr: frTranslations, es: esTranslations };

type LinkProps = { readonly url: string; readonly external?: boolean | undefined; readonly children?: ReactNode };

// Polaris links lead through the router, so that the admin's frame never loads a page anew.
const RouterLink = ({ url, external, children, ...rest }: LinkProps) => {
  const attributes = rest as AnchorHTMLAttributes<HTMLAnchorElement>;
  return external === true || /^https?:/.test(url) ? (
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

/** The frame of every page: Polaris in the merchant's language and the app's navigation. */
export const EmbeddedApp = ({ language, children }: { readonly language: Language; readonly children: ReactNode }) => {
  useAdminNavigation();
  return (
    <AppProvider i18n={polaris[language]} linkComponent={RouterLink}>
      <NavMenu>
        <a href="/app" rel="home">
          {translate(language, 'nav.home')}
        </a>
        <a href="/app/program">{translate(language, 'nav.program')}</a>
        <a href="/app/members">{translate(language, 'nav.members')}</a>
        <a href="/app/health">{translate(language, 'nav.health')}</a>
        <a href="/app/settings">{translate(language, 'nav.settings')}</a>
      </NavMenu>
      {children}
    </AppProvider>
  );
};
