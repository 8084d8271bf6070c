import { instant } from './core/values/instant';
import type { Store } from './db/stores';
import { requestLanguage, type Language } from './i18n/catalog';
import { services, type Services } from './services.server';
import { authenticate } from './shopify.server';
import { installShop } from './usecases/installShop';
import type { Platform } from './platforms/platform';

/** A merchant's request: who asks, for which store, in which language. */
export type Merchant = Services & {
  readonly store: Store;
  readonly platform: Platform;
  readonly language: Language;
  /** The staff member's user id at the platform. */
  readonly staffId: string;
};

/**
 * Authenticates a request of the embedded admin; throws the library's answer when it is not. The store is
 * made when the app is opened for the first time.
 */
export const requireMerchant = async (request: Request): Promise<Merchant> => {
  const { session, sessionToken } = await authenticate.admin(request);
  const opened = await services();
  const store = await installShop(opened.deps, session.shop, opened.deps.platformOf({ domain: session.shop }), instant(Date.now()));
  return {
    ...opened,
    store,
    platform: opened.deps.platformOf(store),
    language: requestLanguage(request),
    staffId: sessionToken?.sub ?? '',
  };
};
