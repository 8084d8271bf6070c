import { choosing } from './choosing';
import { styles } from './styles';

/** The web components of Shopify that our extensions use, as simple as they can be. One that is missing is loud. */

type Sketch = {
  /** What stands in its shadow; it is painted anew when an attribute changes. */
  readonly paint: (element: HTMLElement) => string;
  /** What it listens for, once. */
  readonly begin?: (element: HTMLElement) => void;
  /** Its `value` is that of the field in its shadow. */
  readonly isField?: boolean;
};

const escaped = (text: string | null): string => (text ?? '').replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const at = (element: HTMLElement, name: string): string => escaped(element.getAttribute(name));
const isOn = (element: HTMLElement, name: string): boolean => element.hasAttribute(name);
const headed = (level: number, element: HTMLElement): string =>
  isOn(element, 'heading') ? `<h${level}>${at(element, 'heading')}</h${level}>` : '';

/** Where Shopify's own addresses lead here. */
const addressOf = (href: string): string =>
  href
    .replace(/^extension:\/{0,2}loyalty-account\/?$/, '/customer/loyalty')
    .replace(/^https:\/\/[a-z0-9-]+\.myshopify\.com\//, '/');

const copy = (element: HTMLElement): void => {
  const item = document.getElementById(element.getAttribute('commandfor') ?? '');
  void navigator.clipboard?.writeText(item?.getAttribute('text') ?? '').catch(() => undefined);
  item?.setAttribute('copied', 'true');
};

const beginButton = (element: HTMLElement): void => {
  element.addEventListener(
    'click',
    (event) => {
      if (isOn(element, 'disabled') || isOn(element, 'loading')) return event.stopImmediatePropagation();
      if (element.getAttribute('command') === '--copy') copy(element);
    },
    { capture: true },
  );
};

const field = (inner: (element: HTMLElement) => string): Sketch => ({
  isField: true,
  paint: (element) =>
    `<label><span>${at(element, 'label')}</span>${inner(element)}</label>
     <span role="alert">${at(element, 'error')}</span>`,
});
const bounds = (element: HTMLElement): string =>
  ['min', 'max', 'step', 'placeholder', 'maxlength']
    .filter((name) => isOn(element, name))
    .map((name) => ` ${name}="${at(element, name)}"`)
    .join('');

const plain: Sketch = { paint: () => '<slot></slot>' };

const sketches: Readonly<Record<string, Sketch>> = {
  's-stack': plain,
  's-text': plain,
  's-scroll-box': plain,
  's-heading': { paint: () => '<h3><slot></slot></h3>' },
  's-page': { paint: (one) => `${headed(1, one)}<p class="sub">${at(one, 'subheading')}</p><slot></slot>` },
  's-section': { paint: (one) => `${headed(2, one)}<slot></slot>` },
  's-pos-block': { paint: (one) => `${headed(2, one)}<slot></slot>` },
  's-banner': {
    paint: (one) =>
      `<div role="${at(one, 'tone') === 'critical' ? 'alert' : 'status'}">${headed(4, one)}<slot></slot></div>`,
  },
  's-button': {
    paint: (one) =>
      `<button${isOn(one, 'disabled') ? ' disabled' : ''}${isOn(one, 'loading') ? ' aria-busy="true"' : ''}${
        isOn(one, 'accessibilitylabel') ? ` aria-label="${at(one, 'accessibilitylabel')}"` : ''
      }><slot></slot></button>`,
    begin: beginButton,
  },
  's-clickable': { paint: () => '<button><slot></slot></button>', begin: beginButton },
  's-tile': {
    paint: (one) => `<button><b>${at(one, 'heading')}</b><span>${at(one, 'subheading')}</span></button>`,
    begin: beginButton,
  },
  's-link': {
    paint: (one) => `<a target="_top" href="${escaped(addressOf(one.getAttribute('href') ?? ''))}"><slot></slot></a>`,
  },
  's-progress': {
    paint: (one) =>
      `<progress value="${at(one, 'value')}" max="${at(one, 'max')}"
       aria-label="${at(one, 'accessibilitylabel')}"></progress>`,
  },
  's-skeleton-paragraph': { paint: () => '<span aria-busy="true"></span>' },
  's-clipboard-item': { paint: () => '' },
  's-number-field': field((one) => `<input type="number" inputmode="numeric"${bounds(one)}>`),
  's-text-area': field((one) => `<textarea rows="2"${bounds(one)}></textarea>`),
  's-search-field': field((one) => `<input type="search" aria-label="${at(one, 'placeholder')}"${bounds(one)}>`),
};

const watched = ['heading', 'subheading', 'tone', 'disabled', 'loading', 'accessibilitylabel', 'href'].concat([
  'value',
  'min',
  'max',
  'step',
  'label',
  'error',
  'placeholder',
]);

const define = (name: string, sketch: Sketch): void => {
  class Part extends HTMLElement {
    static readonly observedAttributes = watched;
    private held = '';
    private root = this.attachShadow({ mode: 'open' });

    connectedCallback(): void {
      this.paint();
      sketch.begin?.(this);
    }
    attributeChangedCallback(): void {
      if (this.isConnected) this.paint();
    }
    private inner(): HTMLInputElement | null {
      return this.root.querySelector('input,textarea');
    }
    paint(): void {
      const before = this.inner();
      const html = `<style>${styles}</style>${sketch.paint(this)}`;
      // A field keeps its focus: only what stands around it changes.
      if (before !== null) {
        const error = this.root.querySelector('[role=alert]');
        if (error !== null) error.textContent = this.getAttribute('error');
        for (const name of ['min', 'max', 'step']) before.setAttribute(name, this.getAttribute(name) ?? '');
        return;
      }
      this.root.innerHTML = html;
      const field = this.inner();
      if (field === null) return;
      field.value = this.held;
      field.addEventListener('input', () => (this.held = field.value));
    }
    get fieldValue(): string {
      return this.inner()?.value ?? this.held;
    }
    set fieldValue(value: string) {
      this.held = value;
      const field = this.inner();
      if (field !== null && field.value !== value) field.value = value;
    }
  }
  if (sketch.isField === true)
    Object.defineProperty(Part.prototype, 'value', Object.getOwnPropertyDescriptor(Part.prototype, 'fieldValue') ?? {});
  customElements.define(name, Part);
};

const complain = (element: Element): void => {
  const name = element.localName;
  if (!name.startsWith('s-') || name in sketches || name in choosing) return;
  const mark = document.createElement('strong');
  mark.textContent = `<${name}> is not sketched in the local Shopify`;
  mark.setAttribute('style', 'color:#fff;background:#c00;padding:4px;display:block');
  element.before(mark);
  throw new Error(mark.textContent);
};

/** Makes the components known, and says aloud which is not. */
export const defineElements = (): void => {
  for (const [name, sketch] of Object.entries(sketches)) define(name, sketch);
  for (const [name, element] of Object.entries(choosing)) customElements.define(name, element);
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes)
        if (node instanceof Element) [node, ...node.querySelectorAll('*')].forEach(complain);
  }).observe(document.documentElement, { childList: true, subtree: true });
};
