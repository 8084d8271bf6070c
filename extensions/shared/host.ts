const languages = ['en', 'it', 'de', 'fr', 'es'] as const;
export type Tongue = (typeof languages)[number];

type FormatOptions = { inExtensionLocale?: boolean };
type HostI18n = {
  translate(key: string, options?: Record<string, string | number>): string;
  formatNumber(value: number, options?: FormatOptions & Intl.NumberFormatOptions): string;
  formatCurrency(value: number, options?: FormatOptions & Intl.NumberFormatOptions): string;
  formatDate(value: Date, options?: FormatOptions & Intl.DateTimeFormatOptions): string;
};

/** What our code needs of the page of Shopify in which it runs, the same wherever that is. */
export type Host = {
  /** A fresh session token; undefined: the platform has none to give. */
  readonly token: () => Promise<string | undefined>;
  readonly language: Tongue;
  readonly i18n: HostI18n;
  /** What outlives the page. Any of it may fail: then nothing is kept. */
  readonly kept: {
    readonly read: (key: string) => Promise<unknown>;
    readonly write: (key: string, value: string) => Promise<unknown>;
    readonly forget: (key: string) => Promise<unknown>;
  };
};

/** The language of ours that a locale of Shopify's ("it", "de-CH") means. */
export const tongueOf = (locale: string): Tongue =>
  languages.find((language) => locale.toLowerCase().startsWith(language)) ?? 'en';

type ShopperApi = {
  readonly sessionToken: { get(): Promise<string> };
  readonly localization: { readonly extensionLanguage: { readonly value: { readonly isoCode: string } } };
  readonly i18n: unknown;
  readonly storage: {
    read(key: string): Promise<unknown>;
    write(key: string, value: unknown): Promise<void>;
    delete(key: string): Promise<void>;
  };
};

/** The host of a target of the checkout or of the customer's account. */
export const shopperHost = ({ sessionToken, localization, i18n, storage }: ShopperApi): Host => ({
  token: () => sessionToken.get(),
  language: tongueOf(localization.extensionLanguage.value.isoCode),
  i18n: i18n as HostI18n,
  kept: {
    read: (key) => storage.read(key),
    write: (key, value) => storage.write(key, value),
    forget: (key) => storage.delete(key),
  },
});

type StaffApi = {
  readonly session: { getSessionToken(): Promise<string | undefined> };
  readonly locale: { readonly current: { readonly value: string } };
  readonly i18n: unknown;
  readonly storage: {
    get(key: string): Promise<unknown>;
    set(key: string, value: unknown): Promise<void>;
    delete(key: string): Promise<boolean>;
  };
};

/** The host of a target of the till: its token is that of the staff. */
export const staffHost = ({ session, locale, i18n, storage }: StaffApi): Host => ({
  token: () => session.getSessionToken(),
  language: tongueOf(locale.current.value),
  i18n: i18n as HostI18n,
  kept: {
    read: (key) => storage.get(key),
    write: (key, value) => storage.set(key, value),
    forget: (key) => storage.delete(key),
  },
});

const claimOf = (token: string | undefined, name: 'sub' | 'dest'): string | null => {
  try {
    const [, claims = ''] = (token ?? '').split('.');
    const read = JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))) as Readonly<
      Record<string, unknown>
    >;
    const value = read[name];
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
};

/** The person whom a session token names; null: a guest, whatever the page shows. */
export const personOf = (token: string | undefined): string | null => claimOf(token, 'sub');

/** The shop whose page this is, by the domain that Shopify gave it; null: the token names none. */
export const shopOf = (token: string | undefined): string | null => {
  const domain = claimOf(token, 'dest')?.replace(/^https:\/\//, '') ?? '';
  return /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(domain) ? domain : null;
};
