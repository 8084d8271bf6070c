import type { ProgramId } from '~/core/values/ids';
import { apiKeysOf, type ApiKeyView } from '../db/apiKeys';
import type { Database } from '~/db/database';

export type SettingsPage = { readonly keys: readonly ApiKeyView[] };

export const settingsPage = async (
  { prisma }: Pick<Database, 'prisma'>,
  programId: ProgramId,
): Promise<SettingsPage> => ({
  keys: await apiKeysOf(prisma, programId),
});
