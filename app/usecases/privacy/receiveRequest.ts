import type { PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { sha256 } from '~/process/secrets';
import { inTransaction } from '~/db/inTransaction';
import { insertRequest, type PrivacyKind } from '~/db/privacyRequests';
import { storeByDomain } from '~/db/stores';
import type { ShopAddress } from '~/platforms/module';
import type { Deps } from '../deps';
import { runPrivacyLater } from '../effects/runPrivacy';

/**
 * What the platform asks in the name of the law, as it was understood. `unreadable`: somebody has to look at what it
 * says.
 */
export type PrivacyAsk =
  | {
      readonly kind: 'customer_redact';
      readonly customerId: PlatformId;
      readonly email: string | null;
      readonly orderIds: readonly PlatformId[];
    }
  | {
      readonly kind: 'data_request';
      readonly customerId: PlatformId;
      readonly email: string | null;
      readonly orderIds: readonly PlatformId[];
    }
  | { readonly kind: 'shop_redact' }
  | { readonly kind: 'unreadable'; readonly topic: PrivacyKind; readonly payload: unknown };

/** What is kept, encrypted, until the request is done. */
export type KeptAsk = { readonly domain: string; readonly ask: PrivacyAsk };

// The platform's rule: to be carried out within 30 days.
const dueMs = 30 * 86_400_000;

/** Keyed, so that the proof of a shop that is gone does not name it. */
export const shopHashOf = ({ secrets }: Pick<Deps, 'secrets'>, domain: string): string =>
  secrets.hashEmail(`shop:${domain}`);

/**
 * Keeps a request, encrypted, with its deadline, and has a job carry it out; it may be acknowledged afterwards. A
 * delivery that comes again is the same request. A shop that uninstalled the app is still known; of one that never had
 * it nothing will be found, which is a proof, too.
 */
export const receivePrivacyRequest = async (
  deps: Pick<Deps, 'database' | 'secrets' | 'enqueue'>,
  { platform, domain, webhookId, ask }: KeptAsk & ShopAddress & { readonly webhookId: string },
  requestId: string,
  now: Instant,
): Promise<void> => {
  const body = deps.secrets.encrypt(JSON.stringify({ domain, ask } satisfies KeptAsk));
  await inTransaction(deps.database, async (tx) => {
    const store = await storeByDomain(tx, { platform, domain });
    const request = {
      id: requestId,
      kind: ask.kind === 'unreadable' ? ask.topic : ask.kind,
      shopHash: shopHashOf(deps, domain),
      webhookHash: sha256(`webhook:${webhookId}`),
      place: store === null ? null : { programId: store.programId, storeId: store.storeId },
      receivedAt: now,
      dueAt: instant(now + dueMs),
      problem: ask.kind === 'unreadable' ? ('unreadable' as const) : null,
    };
    const isNew = await insertRequest(tx, request, body);
    if (isNew && ask.kind !== 'unreadable')
      await deps.enqueue([runPrivacyLater.of({ requestId, delaySeconds: 0 })], tx);
  });
};
