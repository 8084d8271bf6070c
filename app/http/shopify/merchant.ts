import { z } from 'zod';
import type { BodyRefusal } from '../body';
import { instant } from '~/core/values/instant';
import { readJson } from '~/core/values/untrusted';
import type { Store } from '~/db/stores';
import { requestLanguage, translate, type Language } from '~/i18n/catalog';
import { services, type Services } from '~/process/services';
import { authenticate } from '~/shopify.server';
import { installShop } from '~/usecases/installShop';
import type { Platform } from '~/platforms/platform';

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
  refuseOddToken(request);
  const { session, sessionToken } = await authenticate.admin(request);
  const opened = await services();
  const shop = { platform: 'shopify', domain: session.shop } as const;
  const store = await installShop(opened.deps, shop, instant(Date.now()));
  return {
    ...opened,
    store,
    platform: opened.deps.platformOf(store),
    language: requestLanguage(request),
    staffId: sessionToken?.sub ?? '',
  };
};

const claimsSchema = z
  .object({
    iss: z.string(),
    dest: z.string().regex(/^https:\/\/[a-z0-9][a-z0-9-]*\.myshopify\.com$/i),
    exp: z.number(),
  })
  .refine(({ iss, dest }) => iss === dest || iss.startsWith(`${dest}/`));

/**
 * Refuses a session token that names no shop, two shops or no end: the library looks at its signature and audience, and
 * would go on with the rest. A text that is no token at all is the library's to refuse.
 */
const refuseOddToken = (request: Request): void => {
  const given =
    /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ??
    new URL(request.url).searchParams.get('id_token');
  const claims = readJson(Buffer.from(given?.split('.')[1] ?? '', 'base64url').toString('utf8'));
  if (!claims.ok || claimsSchema.safeParse(claims.value).success) return;
  throw new Response('The session token names no shop, or has no end.', {
    status: 401,
    headers: { 'x-shopify-retry-invalid-session-request': '1' },
  });
};

/** The text that says why what a page sent was not taken. */
export const bodyRefusalKey = ({ kind }: BodyRefusal) =>
  kind === 'too_large' ? ('common.too_large' as const) : ('common.unreadable' as const);

export const bodyRefusalText = (language: Language, refusal: BodyRefusal): string =>
  translate(language, bodyRefusalKey(refusal));
