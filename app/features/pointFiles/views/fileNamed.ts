import type { Database } from '~/db/database';
import type { ExportedTable } from '~/db/exports';
import type { Store } from '~/db/stores';
import type { Language } from '~/i18n/catalog';
import type { Platform } from '~/platforms/platform';
import { exportFile, type ExportFile } from './exportFile';
import { memberFile } from './memberFile';

type Asked = {
  readonly database: Pick<Database, 'prisma'>;
  readonly platform: Pick<Platform, 'readCustomers'>;
  readonly store: Store;
  readonly language: Language;
};

/** The file that the menu calls so: the members as people read them, or what the program owns as it is kept. */
export const fileNamed = (
  { database, platform, store, language }: Asked,
  exported: readonly ExportedTable[],
  name: string,
): ExportFile | null =>
  name === 'members'
    ? memberFile(database, platform, store, language)
    : exportFile(database, exported, store.programId, name);
