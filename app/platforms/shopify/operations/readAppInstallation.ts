import { z } from 'zod';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';

export const operation = `#graphql
  query FidelioReadAppInstallation {
    currentAppInstallation { id }
  }`;

const answer = z.object({ currentAppInstallation: z.object({ id: z.string() }) });

/** The installation's global id: the owner of app-data metafields. */
export const readAppInstallation = async (client: AdminClient): Promise<Result<string, PlatformFailure>> => {
  const read = await client.ask(operation, {}, answer);
  return read.ok ? ok(read.value.currentAppInstallation.id) : read;
};
