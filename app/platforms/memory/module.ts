import { platformGrants } from '~/core/rewards/grants';
import type { PlatformModule, ShopAddress } from '~/platforms/module';
import { readAgain, receive, turnAway } from './receive';
import type { MemoryShop } from './shop';

/** A platform whose shops are in memory. `shopOf` finds the shop of an address. */
export const memoryModule = (shopOf: (address: ShopAddress) => MemoryShop): PlatformModule => ({
  open: shopOf,
  turnAway,
  receive,
  readAgain,
  can: { grants: platformGrants, verifiedEmail: 'platform', combinesByClass: true },
});
