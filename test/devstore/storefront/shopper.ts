import type { Devstore } from '../process/state';

/** What a browser says it is: Shopify's library refuses anything that looks like a robot. */
export const browserAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

/** A visitor of the shop by HTTP, with a cookie like a browser. */
export const createShopper = (origin: string) => {
  let cookie = '';
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(origin + path, { ...init, headers, redirect: 'manual' });
    const set = /_devstore=[0-9a-f]+/.exec(response.headers.get('set-cookie') ?? '')?.[0];
    if (set !== undefined) cookie = set;
    return response;
  };
  const post = (path: string, body: unknown): Promise<Response> =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-fidelio': '1' },
      body: JSON.stringify(body),
    });
  return {
    ask,
    post,
    signIn: (email: string): Promise<Response> =>
      ask('/account/login', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ email }).toString(),
      }),
    /** Puts products in the cart and pays. Answers the order's id. */
    buy: async (lines: readonly { readonly variantId: number; readonly quantity: number }[]): Promise<number> => {
      for (const { variantId, quantity } of lines) await post('/cart/add.js', { id: variantId, quantity });
      const paid = await ask('/checkout', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: '',
      });
      const id = /\/orders\/(\d+)/.exec(paid.headers.get('location') ?? '')?.[1];
      if (id === undefined) throw new Error('The checkout made no order.');
      return Number(id);
    },
    redeem: (body: unknown): Promise<Response> => post('/apps/loyalty/redeem?lang=en', body),
    balance: async (): Promise<{ readonly available: number; readonly pending: number; readonly debt: number }> => {
      const response = await ask('/apps/loyalty/balance?lang=en');
      if (!response.ok) throw new Error(`The balance answered ${response.status}: ${await response.text()}`);
      return ((await response.json()) as { balance: { available: number; pending: number; debt: number } }).balance;
    },
  };
};

/** Asks again until the answer is what is waited for. */
export const until = async <Value>(
  ask: () => Promise<Value>,
  isIt: (value: Value) => boolean,
  patienceMs = 60_000,
): Promise<Value> => {
  const end = Date.now() + patienceMs;
  for (;;) {
    const value = await ask();
    if (isIt(value) || Date.now() > end) return value;
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
};

/** The merchant's browser: requests of the embedded admin with a fresh identity token. */
export const createMerchant = (store: Devstore, idToken: (store: Devstore) => string) => {
  const headers = (): Record<string, string> => ({
    'user-agent': browserAgent,
    authorization: `Bearer ${idToken(store)}`,
  });
  return {
    data: async <Data>(path: string, route: string): Promise<Data> => {
      const separator = path.includes('?') ? '&' : '?';
      const response = await fetch(`${store.app.appUrl}${path}${separator}_data=${encodeURIComponent(route)}`, {
        headers: headers(),
      });
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      return (await response.json()) as Data;
    },
    /** A file or another answer that is no page's data. */
    ask: (path: string): Promise<Response> => fetch(`${store.app.appUrl}${path}`, { headers: headers() }),
    submit: (path: string, route: string, form: Readonly<Record<string, string>>): Promise<Response> =>
      fetch(`${store.app.appUrl}${path}?_data=${encodeURIComponent(route)}`, {
        method: 'POST',
        redirect: 'manual',
        headers: { ...headers(), 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      }),
  };
};
