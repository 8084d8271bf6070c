import { personOf, type Host } from './host';

/** What somebody wants for points. */
export type Wish = {
  readonly reward: string;
  readonly points: number;
  /** What the shopper answered to the reward's question; null: it asks nothing. */
  readonly answer?: string | null;
  /** Of a product: which variant; left out: it is none. */
  readonly variant?: string;
  /** At the till: whose points they are. */
  readonly customer?: string;
};

/** A new id as the app wants one. Where the platform makes none it is made of random digits: it is no secret. */
export const newId = (): string =>
  typeof globalThis.crypto?.randomUUID === 'function'
    ? crypto.randomUUID()
    : 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replace(/x/g, () => Math.floor(Math.random() * 16).toString(16));

// Two people may use one device: a wish is that of who has the points.
const nameOf = async (host: Host, { customer, reward, points, variant }: Wish): Promise<string> =>
  `fidelio-wish:${customer ?? personOf(await host.token()) ?? ''}:${reward}:${points}${variant ? `:${variant}` : ''}`;
// Where the platform keeps nothing the page does, while it is open.
const here = new Map<string, string>();

/**
 * The id by which the app knows a wish again. It stays until the app has decided: asking again after a lost answer
 * never pays twice, not even after the page was loaded anew.
 */
export const idOf = async (host: Host, wish: Wish): Promise<string> => {
  const { kept } = host;
  const name = await nameOf(host, wish);
  const known = here.get(name) ?? (await kept.read(name).catch(() => null));
  const id = typeof known === 'string' ? known : newId();
  here.set(name, id);
  await kept.write(name, id).catch(() => undefined);
  return id;
};

/** The app has decided: the same again is another wish. */
export const forget = async (host: Host, wish: Wish): Promise<void> => {
  const name = await nameOf(host, wish);
  here.delete(name);
  await host.kept.forget(name).catch(() => undefined);
};
