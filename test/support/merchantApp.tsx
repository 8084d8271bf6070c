import { AppProvider } from '@shopify/polaris';
import enTranslations from '@shopify/polaris/locales/en.json';
import type { ReactNode } from 'react';
import { WritingProvider } from '~/ui/language';
import type { Language } from '~/i18n/catalog';
import { program } from './builders';

/** What stands around every component of the admin. */
export const MerchantApp = ({
  children,
  language = 'en',
}: {
  readonly children: ReactNode;
  readonly language?: Language;
}) => {
  const { names } = program();
  return (
    <AppProvider i18n={enTranslations}>
      <WritingProvider
        writing={{
          language,
          names: { point: names.point, points: names.points },
          currency: 'EUR',
          timeZone: 'Europe/Rome',
        }}
      >
        {children}
      </WritingProvider>
    </AppProvider>
  );
};
