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

/** A page with rewards in these places; what stands in a closed dialog cannot be seen. */
const paintPlaces = (...surfaces: ('cart' | 'panel' | 'page')[]): void => {
  const slider =
    '<input type="range" min="0" max="300" value="150" data-slider data-step-points="1" data-step-amount="1">';
  document.body.innerHTML = surfaces
    .map((surface) => {
      const rewards = `<fidelio-rewards class="fidelio fidelio-rewards fidelio-rewards--${surface}"
        data-surface="${surface}" data-back="Again."
        data-language="en" data-minor-per-unit="100" data-proxy="/apps/loyalty"><h2 tabindex="-1">Rewards</h2>
        <ul><li data-reward="as-you-like">${slider}<button data-redeem="as-you-like" data-points="100">Redeem</button>
        </li></ul><p role="status"></p></fidelio-rewards>`;
      const panel = `<fidelio-launcher><a href="#fidelio-panel">Open</a><dialog id="fidelio-panel">${rewards}</dialog>
        </fidelio-launcher>`;
      return surface === 'panel' ? panel : rewards;
    })
    .join('');
};
const slide = (surface: string, points: string): void => {
  const slider = document.querySelector<HTMLInputElement>(`.fidelio-rewards--${surface} [data-slider]`);
  if (slider === null) throw new Error('there is no slider');
  slider.value = points;
  slider.dispatchEvent(new Event('input', { bubbles: true }));
};
const chosen = (surface: string): string | undefined =>
  document.querySelector<HTMLInputElement>(`.fidelio-rewards--${surface} [data-slider]`)?.value;
const saidIn = (surface: string): string | null | undefined =>
  document.querySelector(`.fidelio-rewards--${surface} [role=status]`)?.textContent;
const pressIn = async (surface: string): Promise<void> => {
  const before = asked.length;
  document.querySelector<HTMLElement>(`.fidelio-rewards--${surface} [data-redeem]`)?.click();
  await vi.waitFor(() => expect(asked.length).toBe(before + 1));
  await vi.waitFor(() => expect(document.querySelector('[aria-disabled]')).toBeNull());
};

beforeAll(async () => {
  await import('../../storefront/parts');
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
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

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

test('a wish says what is in the cart, line by line, without the discounts of a line itself', async () => {
  const items = [
    { product_id: 7, variant_id: 71, key: 'a', final_line_price: 2500, line_level_discount_allocations: [] },
    { product_id: 8, variant_id: 81, key: 'b', final_line_price: 1000, line_level_discount_allocations: [{}] },
    { product_id: null, variant_id: 91, key: 'c', final_line_price: 300 },
  ];
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    if (!url.startsWith('/apps/loyalty/redeem'))
      return Promise.resolve(new Response(JSON.stringify({ items_subtotal_price: 3800, total_price: 3800, items })));
    asked.push(init?.body as string);
    return Promise.resolve(given());
  });
  await press();
  expect(JSON.parse(asked[0] ?? '')).toMatchObject({
    cart: {
      ...{ subtotalMinor: 3800, remainingMinor: 3800, currency: 'EUR', discounts: ['product'] },
      lines: [
        { product: '7', amountMinor: 2500, discounted: false },
        { product: '8', amountMinor: 1000, discounted: true },
        { product: null, amountMinor: 300, discounted: false },
      ],
    },
  });
});

test('of a reward for some products, the rest that is left to pay is never less than the others cost', () => {
  document.body.innerHTML = `<fidelio-rewards data-language="en" data-currency="EUR" data-minor-per-unit="100"><ul>
    <li data-reward="some"><input type="range" min="1" max="10" value="1" data-slider data-step-points="1"
    data-step-amount="100" data-left="5050" data-least="4500"><span data-rest></span></li></ul></fidelio-rewards>`;
  const slider = document.querySelector<HTMLInputElement>('[data-slider]');
  if (slider === null) throw new Error('there is no slider');
  const restAt = (points: string): string | null | undefined => {
    slider.value = points;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    return document.querySelector('[data-rest]')?.textContent;
  };
  expect([restAt('5'), restAt('6')]).toEqual(['€45.50', '€45.00']);
});

describe('a code that is on its way', () => {
  const redemption =
    (state: string, code: string | null, givenText: string | null = null) =>
    () =>
      Promise.resolve(
        new Response(JSON.stringify({ balance: { available: 0 }, given: givenText, redemption: { state, code } })),
      );
  const held = redemption('held', null);
  const pressed = async (): Promise<void> => {
    document.querySelector<HTMLElement>('[data-redeem]')?.click();
    await vi.advanceTimersByTimeAsync(0);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    document.querySelector('fidelio-rewards')?.setAttribute('data-held', 'It comes.');
  });
  afterEach(() => void vi.useRealTimers());

  test('is asked for again with the same wish, and meanwhile it is said to come', async () => {
    answers = [held, held, redemption('used', null, 'Here it is.')];
    await pressed();
    expect([asked.length, said()]).toEqual([1, 'It comes.']);
    await vi.advanceTimersByTimeAsync(2000);
    expect([asked.length, said()]).toEqual([2, 'It comes.']);
    await vi.advanceTimersByTimeAsync(4000);
    expect([asked.length, said()]).toEqual([3, 'Here it is.']);
    expect(new Set(asked).size).toBe(1);
  });

  test('and does not come within some seconds comes later: the page can be used again', async () => {
    answers = [held, held, held, held];
    await pressed();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([asked.length, said()]).toEqual([4, 'It comes.']);
    expect(document.querySelector('[aria-disabled]')).toBeNull();
  });

  test('and is refused by the shop meanwhile says why', async () => {
    answers = [held, () => Promise.resolve(problem(409, 'refused_by_platform'))];
    await pressed();
    await vi.advanceTimersByTimeAsync(2000);
    expect(said()).toBe('It is refused_by_platform.');
  });
});

describe('what was chosen before the shopper signed in', () => {
  const signIn = () => Promise.resolve(problem(401, 'sign_in'));

  beforeEach(() => {
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 300));
    HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
      this.open = true;
    };
    answers = [signIn];
  });

  test('in the cart waits for the cart: a page before it takes nothing', async () => {
    paintPlaces('cart', 'panel');
    slide('cart', '70');
    await pressIn('cart');
    paintPlaces('panel');
    expect(chosen('panel')).toBe('150');
    document.querySelector<HTMLElement>('fidelio-launcher a')?.click();
    paintPlaces('page', 'panel');
    expect([chosen('page'), chosen('panel')]).toEqual(['150', '150']);
    paintPlaces('cart', 'panel');
    expect([chosen('cart'), chosen('panel')]).toEqual(['70', '150']);
    await vi.waitFor(() => expect(saidIn('cart')).toBe('Again.'));
    await pressIn('cart');
    expect(new Set(asked).size, 'it is the same wish').toBe(1);
    paintPlaces('cart');
    expect(chosen('cart'), 'it is taken up once').toBe('150');
  });

  test('in the panel is said once the panel is opened', async () => {
    paintPlaces('panel');
    slide('panel', '70');
    await pressIn('panel');
    paintPlaces('cart', 'panel');
    expect(chosen('cart')).toBe('150');
    expect(sessionStorage.getItem('fidelio-choice')).not.toBeNull();
    document.querySelector<HTMLElement>('fidelio-launcher a')?.click();
    expect(chosen('panel')).toBe('70');
    await vi.waitFor(() => expect(saidIn('panel')).toBe('Again.'));
    expect(sessionStorage.getItem('fidelio-choice')).toBeNull();
  });

  test('in a drawer that is not open yet stays kept for the cart', async () => {
    paintPlaces('cart');
    slide('cart', '70');
    await pressIn('cart');
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(innerWidth, 0, 300, 300));
    paintPlaces('cart');
    expect(saidIn('cart')).toBe('');
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 300));
    paintPlaces('cart');
    expect(chosen('cart')).toBe('70');
  });

  test('in a drawer is said, and has the focus, once the drawer is open', async () => {
    let looked = (): void => undefined;
    const watched = vi.fn();
    vi.stubGlobal('IntersectionObserver', function (then: () => void) {
      looked = then;
      return { observe: watched, disconnect: () => void (looked = () => undefined) };
    });
    paintPlaces('cart');
    expect(watched, 'nothing is kept: nothing is watched').not.toHaveBeenCalled();
    slide('cart', '70');
    await pressIn('cart');
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(innerWidth, 0, 300, 300));
    paintPlaces('cart');
    looked();
    expect(document.activeElement).toBe(document.body);
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 300));
    looked();
    expect(document.activeElement?.matches('[data-redeem]')).toBe(true);
    await vi.waitFor(() => expect(saidIn('cart')).toBe('Again.'));
    expect(watched).toHaveBeenCalledTimes(1);
  });
});

describe('what a page had to say before it was loaded anew', () => {
  test('is said where it is seen, not in a closed panel', async () => {
    sessionStorage.setItem('fidelio-said', JSON.stringify({ text: 'It is in.', kind: '', code: '' }));
    paintPlaces('panel');
    expect(sessionStorage.getItem('fidelio-said')).not.toBeNull();
    vi.spyOn(Element.prototype, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, 300, 300));
    paintPlaces('panel', 'cart');
    await vi.waitFor(() => expect(saidIn('cart')).toBe('It is in.'));
    expect(saidIn('panel')).toBe('');
    expect(sessionStorage.getItem('fidelio-said')).toBeNull();
  });
});
