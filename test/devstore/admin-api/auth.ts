import { createHmac, randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { newToken, nowOf, type Devstore } from '../process/state';

const accessSeconds = 3600;
const refreshSeconds = 7_776_000;
const staffId = '78123456';

const base64url = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

type Claims = Readonly<Record<string, string | number | undefined>>;

/** A token that Shopify signs for the app: HS256 with the app's secret. */
export const signedToken = (store: Devstore, claims: Claims): string => {
  const text = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}`;
  return `${text}.${signature(store, text)}`;
};

const between = (store: Devstore, lifeSeconds: number) => {
  const now = Math.floor(nowOf(store).getTime() / 1000);
  return { aud: store.app.apiKey, exp: now + lifeSeconds, nbf: now - 1, iat: now, jti: randomUUID() };
};

/** An ID token as App Bridge and the counter hand it out to staff: one minute. */
export const idToken = (store: Devstore, lifeSeconds = 60): string =>
  signedToken(store, {
    iss: `https://${store.shop.domain}/admin`,
    dest: `https://${store.shop.domain}`,
    sub: staffId,
    ...between(store, lifeSeconds),
    sid: randomUUID(),
  });

/** A session token as extensions of checkout and customer account get it: five minutes; null: for a guest. */
export const shopperToken = (store: Devstore, customerId: number | null, more: Claims = {}): string =>
  signedToken(store, {
    dest: store.shop.domain,
    ...(customerId === null ? {} : { sub: `gid://shopify/Customer/${customerId}` }),
    ...between(store, 300),
    ...more,
  });

const signature = (store: Devstore, text: string): string =>
  createHmac('sha256', store.app.apiSecret).update(text).digest('base64url');

const isValid = (store: Devstore, token: string): boolean => {
  const [head, body, given] = token.split('.');
  if (head === undefined || body === undefined || given !== signature(store, `${head}.${body}`)) return false;
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as { exp: number; aud: string };
  return claims.aud === store.app.apiKey && claims.exp > Date.now() / 1000;
};

const grant = z.discriminatedUnion('grant_type', [
  z.object({
    grant_type: z.literal('urn:ietf:params:oauth:grant-type:token-exchange'),
    client_id: z.string(),
    client_secret: z.string(),
    subject_token: z.string(),
    subject_token_type: z.literal('urn:ietf:params:oauth:token-type:id_token'),
    requested_token_type: z.literal('urn:shopify:params:oauth:token-type:offline-access-token'),
    expiring: z.literal('1'),
  }),
  z.object({
    grant_type: z.literal('refresh_token'),
    client_id: z.string(),
    client_secret: z.string(),
    refresh_token: z.string(),
  }),
]);

/** POST /admin/oauth/access_token: token exchange and refresh, both for expiring offline tokens. */
export const answerTokenRequest =
  (store: Devstore) =>
  (request: Request, response: Response): void => {
    const asked = grant.safeParse(request.body);
    if (!asked.success)
      return void response
        .status(400)
        .json({ error: 'invalid_request', error_description: z.prettifyError(asked.error) });
    if (asked.data.client_id !== store.app.apiKey || asked.data.client_secret !== store.app.apiSecret)
      return void response.status(401).json({ error: 'invalid_client' });
    if (asked.data.grant_type === 'refresh_token') {
      const known = store.refreshTokens.get(asked.data.refresh_token);
      if (known === undefined || known.expiresAt < Date.now())
        return void response.status(400).json({ error: 'invalid_grant' });
      store.refreshTokens.delete(asked.data.refresh_token); // every refresh token works once
    } else if (!isValid(store, asked.data.subject_token)) {
      return void response.status(400).json({ error: 'invalid_subject_token' });
    }
    response.json(issueTokens(store));
  };

export const issueTokens = (store: Devstore) => {
  const access = `shpat_${newToken()}`;
  const refresh = `shprt_${newToken()}`;
  store.accessTokens.set(access, { expiresAt: Date.now() + accessSeconds * 1000 });
  store.refreshTokens.set(refresh, { expiresAt: Date.now() + refreshSeconds * 1000 });
  return {
    access_token: access,
    scope: store.app.scopes.join(','),
    expires_in: accessSeconds,
    refresh_token: refresh,
    refresh_token_expires_in: refreshSeconds,
  };
};

export const holdsToken = (store: Devstore, token: string | undefined): boolean => {
  const known = token === undefined ? undefined : store.accessTokens.get(token);
  return known !== undefined && known.expiresAt > Date.now();
};
