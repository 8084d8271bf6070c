import type { PlatformName } from '~/core/values/ids';
import { environment } from '~/env.server';
import type { MessageKeys } from '~/platforms/message';
import type { PlatformModule } from '~/platforms/module';
import { shopify } from '~/platforms/shopify/module';
import { processSecrets } from './keys';

// A name without a module does not compile. The shop in memory belongs to tests and tools: no process serves one.
const modules = { shopify } satisfies Record<Exclude<PlatformName, 'memory'>, PlatformModule>;

/** The module of a platform. Throws for the one that no process serves. */
export const moduleOf = (name: PlatformName): PlatformModule => {
  if (name === 'memory') throw new Error('A store in memory is of tests and tools only.');
  return modules[name];
};

/** What messages of a platform are checked and read with; nothing is opened for it. */
export const messageKeys = (name: PlatformName): MessageKeys => {
  if (name === 'memory') throw new Error('A store in memory is of tests and tools only.');
  return { secret: environment().SHOPIFY_API_SECRET, hashEmail: processSecrets().hashEmail };
};
