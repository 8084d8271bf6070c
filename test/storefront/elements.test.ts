// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';

beforeAll(async () => {
  await import('../../storefront/parts');
  await customElements.whenDefined('fidelio-earn');
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const page = (label: string, next: string | null = null) =>
  new Response(JSON.stringify({ entries: [{ day: '1 May', label, points: 5 }], next }));

describe('the history', () => {
  /** Where the app was asked, and how each request is answered. */
  let asked: string[];
  let answers: ((response: Response) => void)[];

  const paint = (open: string): void => {
    document.body.innerHTML = `<fidelio-history data-proxy="/apps/loyalty" data-language="en" data-failed="Failed."
      data-one="point" data-many="points"><details ${open}><p hidden></p><ol></ol><p role="status">Loading</p>
      <button hidden>Show older</button></details></fidelio-history>`;
  };
  const entries = (): number => document.querySelectorAll('li').length;
  const older = (): void => document.querySelector('button')?.click();

  beforeEach(() => {
    asked = [];
    answers = [];
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url);
      return new Promise<Response>((resolve) => answers.push(resolve));
    });
  });

  test('that was opened before the script was there asks for its first page, once', async () => {
    paint('open');
    expect(asked).toHaveLength(1);
    document.querySelector('details')?.dispatchEvent(new Event('toggle'));
    expect(asked).toEqual(['/apps/loyalty/history?lang=en']);
    answers[0]?.(page('Order'));
    await vi.waitFor(() => expect(entries()).toBe(1));
    expect(document.querySelector('[role=status]')?.textContent).toBe('');
  });

  test('that is closed asks nothing', () => {
    paint('');
    expect(asked).toEqual([]);
  });

  test('shows no entry twice when “show older” is pressed again meanwhile; after a failure it asks again', async () => {
    paint('open');
    answers[0]?.(page('first', 'a'));
    await vi.waitFor(() => expect(entries()).toBe(1));
    older();
    older();
    expect(asked).toHaveLength(2);
    answers[1]?.(new Response('', { status: 500 }));
    await vi.waitFor(() => expect(document.querySelector('[role=status]')?.textContent).toBe('Failed.'));
    older();
    older();
    answers[2]?.(page('second'));
    await vi.waitFor(() => expect(entries()).toBe(2));
    expect(asked.slice(1)).toEqual(Array(2).fill('/apps/loyalty/history?lang=en&before=a'));
  });
});

describe('what a product earns', () => {
  const paint = (more: string, ...forms: string[]): void => {
    document.body.innerHTML = `${forms
      .map((id) => `<form action="/cart/add"><input name="id" value="${id}"></form>`)
      .join(
        '',
      )}<fidelio-earn ${more}><span data-variant="1">5 points</span><span data-variant="2" hidden>9 points</span>
      </fidelio-earn>`;
  };
  const shown = (): (string | null)[] =>
    [...document.querySelectorAll('fidelio-earn span:not([hidden])')].map(({ textContent }) => textContent);
  const choose = async (id: string): Promise<void> => {
    const field = document.querySelector<HTMLInputElement>('[name=id]');
    if (field === null) throw new Error('there is no field');
    field.value = id;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    await Promise.resolve();
  };

  test('is not said of a variant that the page knows nothing of, and said again of one that it knows', async () => {
    paint('data-more', '2');
    expect(shown()).toEqual(['9 points']);
    await choose('101');
    expect(shown()).toEqual([]);
    await choose('1');
    expect(shown()).toEqual(['5 points']);
  });

  test('stays when the page has no form, or forms of other products', () => {
    paint('data-more');
    expect(shown()).toEqual(['5 points']);
    paint('', '77');
    expect(shown()).toEqual(['5 points']);
    paint('', '77', '2');
    expect(shown()).toEqual(['9 points']);
  });
});
