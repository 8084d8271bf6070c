import { environment } from '~/env.server';
import { createSecrets, type Secrets } from './secrets';

let made: Secrets | null = null;

/** The secrets of this process, from its environment; nothing has to be open for them. */
export const processSecrets = (): Secrets => (made ??= createSecrets(environment().ENCRYPTION_KEY));
