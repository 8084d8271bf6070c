// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { morph } from '../../storefront/morph';
import { paint, sectionsOfCart } from '../../storefront/sections';

const parsed = (html: string): Element => {
  const first = new DOMParser().parseFromString(html, 'text/html').body.firstElementChild;
  if (first === null) throw new Error('nothing was parsed');
  return first;
};
const shown = (html: string): Element => {
  document.body.innerHTML = html;
  const first = document.body.firstElementChild;
  if (first === null) throw new Error('nothing is shown');
  return first;
};

beforeEach(() => void document.body.replaceChildren());

describe('an element that is painted anew', () => {
  test('keeps what is the same, and with it the focus', () => {
    const old = shown('<ul><li data-code="A"><button>Use</button></li><li data-code="B">b</li></ul>');
    const button = old.querySelector('button');
    button?.focus();
    morph(old, parsed('<ul><li data-code="A"><button>Use</button> in</li><li data-code="C">c</li></ul>'));
    expect(old.outerHTML).toBe('<ul><li data-code="A"><button>Use</button> in</li><li data-code="C">c</li></ul>');
    expect(document.activeElement).toBe(button);
  });
  test('leaves open what the page’s own script has opened', () => {
    const old = shown('<div><cart-drawer class="is-open" data-sum="1"><dialog open>1</dialog></cart-drawer></div>');
    morph(old, parsed('<div><cart-drawer class="" data-sum="2"><dialog>2</dialog></cart-drawer></div>'));
    expect(old.innerHTML).toBe('<cart-drawer class="is-open" data-sum="2"><dialog open="">2</dialog></cart-drawer>');
  });
  test('does not touch a history that was opened', () => {
    const old = shown('<div><fidelio-history><ol><li>one</li></ol></fidelio-history><p>1</p></div>');
    morph(old, parsed('<div><fidelio-history><ol></ol></fidelio-history><p>2</p></div>'));
    expect(old.innerHTML).toBe('<fidelio-history><ol><li>one</li></ol></fidelio-history><p>2</p>');
  });
  test('a note that comes in does not take the place of what is being said', () => {
    const old = shown('<div><ul></ul><p role="status">Done.</p></div>');
    morph(old, parsed('<div><p class="note">No more.</p><ul></ul><p role="status"></p></div>'));
    expect(old.innerHTML).toBe('<p class="note">No more.</p><ul></ul><p role="status">Done.</p>');
  });
  test('takes out what is gone and puts in what is new, in order', () => {
    const old = shown('<p><b id="a">a</b><i>x</i><b id="c">c</b></p>');
    const last = old.querySelector('#c');
    morph(old, parsed('<p><b id="z">z</b><b id="c">C</b><u>u</u></p>'));
    expect(old.innerHTML).toBe('<b id="z">z</b><b id="c">C</b><u>u</u>');
    expect(old.querySelector('#c')).toBe(last);
  });
  test('shows the value that the shop painted in a field that nobody is in', () => {
    const old = shown('<p><input value="20"></p>');
    const field = old.querySelector('input');
    if (field !== null) field.value = '60';
    morph(old, parsed('<p><input value="40"></p>'));
    expect(field?.value).toBe('40');
  });
});

describe('sections that the shop rendered', () => {
  const wrapped = (html: string): string => `<div id="shopify-section-main-cart">${html}</div>`;

  test('are found by what they show, and painted; what is for browsers without script stays out', () => {
    shown(`<main>${wrapped('<fidelio-rewards><button data-fidelio-script>Use</button></fidelio-rewards>')}</main>`);
    expect(sectionsOfCart()).toEqual(['main-cart']);
    const fresh = '<noscript><style>[data-fidelio-script]{display:none}</style></noscript>';
    const html = wrapped(`<fidelio-rewards>${fresh}<button data-fidelio-script>Now</button></fidelio-rewards>`);
    expect(paint({ 'main-cart': html, away: null })).toBe(true);
    expect(document.querySelector('button')?.textContent).toBe('Now');
    expect(document.querySelectorAll('style')).toHaveLength(0);
  });
  test('that the page has not are left alone: then it was not painted', () => {
    shown('<main><p>1</p></main>');
    expect([sectionsOfCart(), paint({ other: wrapped('x') }), paint(undefined)]).toEqual([[], false, false]);
  });
  test('are five at most, those with rewards first; a section that only sells is none of them', () => {
    const cart = (id: number): string => `<div id="shopify-section-cart-${id}"></div>`;
    const own = '<div id="shopify-section-own"><fidelio-rewards></fidelio-rewards></div>';
    const product = '<div id="shopify-section-product"><form action="/cart/add"></form></div>';
    shown(`<main>${[1, 2, 3, 4, 5].map(cart).join('')}${product}${own}</main>`);
    expect(sectionsOfCart()).toEqual(['own', 'cart-1', 'cart-2', 'cart-3', 'cart-4']);
  });
});
