import { z } from 'zod';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';

export const operation = `#graphql
  query FidelioReadInstallation {
    currentAppInstallation { id accessScopes { handle } app { apiKey handle } }
    shop { myshopifyDomain }
  }`;

const answer = z.object({
  currentAppInstallation: z.object({
    id: z.string(),
    accessScopes: z.array(z.object({ handle: z.string() })),
    app: z.object({ apiKey: z.string(), handle: z.string().nullable() }),
  }),
  shop: z.object({ myshopifyDomain: z.string() }),
});

/** The app as it is installed in the shop. */
export type Installation = {
  /** Its global id: the owner of app-data metafields. */
  readonly id: string;
  readonly apiKey: string;
  /** By which the theme names it. */
  readonly handle: string | null;
  readonly scopes: ReadonlySet<string>;
  readonly domain: string;
};

export const readInstallation = async (client: AdminClient): Promise<Result<Installation, PlatformFailure>> => {
  const read = await client.ask(operation, {}, answer);
  if (!read.ok) return read;
  const { id, app, accessScopes } = read.value.currentAppInstallation;
  const scopes = new Set(accessScopes.map(({ handle }) => handle));
  return ok({ id, ...app, scopes, domain: read.value.shop.myshopifyDomain });
};

/** Those of some access scopes that the app was not granted. Whoever may write may read as well. */
export const missingScopes = ({ scopes }: Installation, wanted: readonly string[]): readonly string[] =>
  wanted.filter((scope) => !scopes.has(scope) && !scopes.has(scope.replace(/^read_/, 'write_')));
