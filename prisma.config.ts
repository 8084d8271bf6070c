import { PGlite } from '@electric-sql/pglite';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import type { PrismaConfig } from 'prisma';

/**
 * Prisma's own tools (migrate diff, migrate deploy) run on an embedded database in memory, with the
 * engine that is part of the npm package: nothing is downloaded and no server is needed.
 */
export default {
  experimental: { adapter: true },
  engine: 'js',
  schema: './prisma',
  migrations: { path: './prisma/migrations' },
  // Built against an earlier 6.x of Prisma's adapter types; the shapes agree at run time.
  adapter: () => Promise.resolve(new PrismaPGlite(new PGlite())),
} as unknown as PrismaConfig;
