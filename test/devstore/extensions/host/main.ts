import { appUrl } from '../../../../extensions/shared/appUrl';
import type { FrameState, TillState } from '../frameState';
import { defineElements } from './elements';
import { i18nOf } from './i18n';
import { signal } from './signal';

/** The page of Shopify around one target of an extension: the `shopify` global, the components, and the real script. */

const json = async <Answer>(path: string, body?: unknown): Promise<Answer> => {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await (await fetch(path, body === undefined ? {} : init)).json()) as Answer;
};

const kept = (handle: string) => ({
  read: (key: string) => Promise.resolve(JSON.parse(localStorage.getItem(`${handle}:${key}`) ?? 'null') as unknown),
  write: (key: string, value: unknown) =>
    Promise.resolve(localStorage.setItem(`${handle}:${key}`, JSON.stringify(value))),
  delete: (key: string) => Promise.resolve(localStorage.removeItem(`${handle}:${key}`)).then(() => true),
});

// Others of the same page hear of changes here: the summary of the checkout, the tile of the till.
const channel = new BroadcastChannel('devstore');

const shopperApi = (state: FrameState, token: () => Promise<string>, address: string) => {
  const [lines, allocations, codes] = [signal(state.lines), signal(state.allocations), signal(state.codes)];
  const show = (next: FrameState): void => {
    lines.set(next.lines);
    allocations.set(next.allocations);
    codes.set(next.codes);
  };
  const change = (what: 'discount' | 'lines') => async (wanted: unknown) => {
    const result = await json<{ type: string; message?: string }>(`/devstore/extensions/${what}`, wanted);
    show(await json<FrameState>(address));
    channel.postMessage('cart');
    return result;
  };
  return {
    sessionToken: { get: token },
    storage: kept(state.extension),
    localization: {
      extensionLanguage: signal({ isoCode: state.locale }),
      language: signal({ isoCode: state.locale }),
      currency: signal({ isoCode: state.currency }),
    },
    lines,
    discountAllocations: allocations,
    discountCodes: codes,
    instructions: signal({
      discounts: { canUpdateDiscountCodes: state.canChangeCodes },
      lines: { canAddCartLine: state.canChangeLines, canRemoveCartLine: state.canChangeLines },
    }),
    orderConfirmation: signal({ order: { id: state.orderId }, isFirstOrder: false }),
    order: signal(state.orderId === null ? undefined : { id: state.orderId, name: '' }),
    applyDiscountCodeChange: change('discount'),
    applyCartLinesChange: change('lines'),
  };
};

const staffApi = (state: FrameState, till: TillState, token: () => Promise<string>) => {
  const cart = signal(till.cart);
  const scans = signal<{ data?: string }>({});
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'object' && data !== null && 'scan' in data) scans.set({ data: String(data.scan) });
    if (data === 'till') void json<TillState>('/pos/state').then((next) => cart.set(next.cart));
  });
  const act = async (change: unknown): Promise<string> => {
    const { cart: next, refused, added } = await json<TillState>('/pos/act', change);
    cart.set(next);
    channel.postMessage('till');
    if (refused !== null) throw new Error(refused);
    return added ?? '';
  };
  const { read, write, delete: forget } = kept(state.extension);
  return {
    locale: { current: signal(state.locale) },
    session: { getSessionToken: token, currentSession: { currency: state.currency } },
    storage: { get: read, set: write, delete: forget },
    toast: { show: (text: string) => channel.postMessage({ toast: text }) },
    action: { presentModal: () => channel.postMessage('present') },
    customer: { id: Number(new URLSearchParams(location.search).get('customer')) },
    scanner: {
      scannerData: { current: scans },
      sources: { current: signal(['camera']) },
      showCameraScanner: () => channel.postMessage('camera'),
      hideCameraScanner: () => channel.postMessage('no camera'),
    },
    cart: {
      current: cart,
      setCustomer: ({ id }: { id: number }) => act({ kind: 'customer', id }),
      addCartCodeDiscount: (code: string) => act({ kind: 'code', code }),
      addLineItem: (variant: number, quantity: number, { properties = {} }: { properties?: object } = {}) =>
        act({ kind: 'add', variant, quantity, properties }),
      removeLineItem: (uuid: string) => act({ kind: 'remove', uuid }),
      // Which one, nobody can say: it is that of the whole cart which came last.
      removeCartDiscount: () => act({ kind: 'no cart discount' }),
    },
  };
};

/** What the extension asks of the app goes to where the app is on this machine. */
const leadToApp = (there: string): void => {
  const real = globalThis.fetch.bind(globalThis);
  globalThis.fetch = (input, init) =>
    real(
      typeof input === 'string' && input.startsWith(`${appUrl}/`) ? there + input.slice(appUrl.length) : input,
      init,
    );
};

const fit = (): void => {
  const frame = window.frameElement as HTMLElement | null;
  if (frame !== null) frame.style.height = `${document.documentElement.offsetHeight}px`;
};

const begin = async (): Promise<void> => {
  const { target = '' } = document.documentElement.dataset;
  const address = `/devstore/extensions/state/${target}${location.search}`;
  const state = await json<FrameState>(address);
  const token = async (): Promise<string> =>
    (await json<{ token: string }>(`/devstore/extensions/token/${target}`)).token;
  const isTill = target.startsWith('pos.');
  const api = isTill ? staffApi(state, await json<TillState>('/pos/state'), token) : shopperApi(state, token, address);
  Object.assign(globalThis, { shopify: { ...api, i18n: i18nOf(state.locale, state.texts) } });
  leadToApp(state.appUrl);
  defineElements();
  new ResizeObserver(fit).observe(document.documentElement);
  const script = (await import(/* @vite-ignore */ `/devstore/extensions/script/${target}.js`)) as {
    default: () => void;
  };
  script.default();
};

void begin();
