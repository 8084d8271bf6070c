// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

const cart = { items_subtotal_price: 8900, total_price: 8900, items: [] };
const problem = (status: number, kind: string) =>
  new Response(JSON.stringify({ type: `urn:fidelio:problem:${kind}`, status, detail: `It is ${kind}.` }), { status });
const given = () =>
  new Response(JSON.stringify({ balance: { available: 0 }, given: 'Done.', redemption: { code: null } }));

/** The ids with which the app was asked, one press after the other; each is answered so. */
let asked: string[];
let answers: (() => Promise<Response>)[];

const paint = (): void => {
  document.body.innerHTML = `<fidelio-rewards data-proxy="/apps/loyalty" data-language="en" data-minor-per-unit="100"
    data-cart-currency="EUR" data-failed="It is not known." data-sign-in-url="/account/login" data-sign-in="Sign in">
    <h2>Rewards</h2><ul><li data-reward="five-off"><button data-redeem="five-off" data-points="100">Redeem</button></li>
    </ul><p role="status"></p></fidelio-rewards>`;
};
const said = (): string => document.querySelector('[role=status]')?.textContent ?? '';
const press = async (): Promise<void> => {
  const before = asked.length;
  document.querySelector<HTMLElement>('[data-redeem]')?.click();
  await vi.waitFor(() => expect(asked.length).toBe(before + 1));
  await vi.waitFor(() => expect(document.querySelector('[aria-disabled]')).toBeNull());
};

beforeAll(async () => {
  await import('../../storefront/main');
  await customElements.whenDefined('fidelio-rewards');
});
beforeEach(() => {
  asked = [];
  answers = [];
  sessionStorage.clear();
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    if (!url.startsWith('/apps/loyalty/redeem')) return Promise.resolve(new Response(JSON.stringify(cart)));
    asked.push((JSON.parse(init?.body as string) as { id: string }).id);
    return (answers.shift() ?? (() => Promise.resolve(given())))();
  });
  paint();
});
afterEach(() => vi.unstubAllGlobals());

describe('a wish keeps its id until the app has decided on it', () => {
  const lost = () => Promise.reject(new TypeError('the connection broke'));
  const answered = (status: number, kind: string) => () => Promise.resolve(problem(status, kind));

  test('when an answer is lost, and when the next press has to wait: nothing is paid twice', async () => {
    answers = [lost, answered(429, 'too_many_requests')];
    await press();
    expect(said()).toBe('It is not known.');
    await press();
    expect(said()).toBe('It is too_many_requests.');
    await press();
    expect(said()).toBe('Done.');
    expect(new Set(asked).size).toBe(1);
  });

  test('over the page on which the shopper signs in', async () => {
    answers = [lost, answered(401, 'sign_in')];
    await press();
    await press();
    expect(document.querySelector('[role=status] a')?.getAttribute('href')).toBe('/account/login');
    paint();
    await press();
    expect(new Set(asked).size).toBe(1);
  });

  test('after a refusal, and after an answer, the next press is another wish', async () => {
    answers = [answered(409, 'not_enough_points')];
    await press();
    await press();
    await press();
    expect(new Set(asked).size).toBe(3);
  });
});
