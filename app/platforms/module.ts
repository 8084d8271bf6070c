import type { PlatformGrantKind } from '~/core/rewards/grants';
import type { PlatformName } from '~/core/values/ids';
import type { Heading, MessageKeys, RawMessage, Read, Received, TurnedAway } from './message';
import type { Platform } from './platform';

/** A shop by its platform and the address that it has there, such as `bottega.myshopify.com`. */
export type ShopAddress = { readonly platform: PlatformName; readonly domain: string };

/** What a module is given to speak with one shop. */
export type ShopAccess = {
  readonly fetch: typeof fetch;
  /** What proves who we are there, another one than `refused`; null when the app has no access. */
  readonly token: (refused: string | null) => Promise<string | null>;
  readonly hashEmail: (email: string) => string;
};

/** What a platform can do and another cannot. */
export type Abilities = {
  /** What a redemption may turn into there. */
  readonly grants: ReadonlySet<PlatformGrantKind>;
  /** Who proves that an address is its customer's: the platform, our plug-in in it, nobody. */
  readonly verifiedEmail: 'platform' | 'plugin' | 'never';
  /** Whether a code may go together with some classes of discounts and not with others; else with all or none. */
  readonly combinesByClass: boolean;
};

/** A platform: how a shop of it is spoken with, how its messages are read, what it can do. */
export type PlatformModule = {
  readonly open: (shop: ShopAddress, access: ShopAccess) => Platform;
  /** What the headers of a message decide alone, before its body is read; null: it has to be read. */
  readonly turnAway: (header: RawMessage['header']) => TurnedAway | null;
  /**
   * Reads a message that came: pure, and the signature before anything else. Of which shop it is only the signed
   * message says, so nothing is looked up for one that is not signed.
   */
  readonly receive: (message: RawMessage, keys: MessageKeys) => Received;
  /** Reads a message again that was received before and kept, because it could not be read. */
  readonly readAgain: (heading: Pick<Heading, 'topic'>, body: string, hashEmail: MessageKeys['hashEmail']) => Read;
  readonly can: Abilities;
};
