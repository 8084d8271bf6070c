/** What the chosen variant earns: Liquid has written the sentence of each, the page says which one is chosen. */
export class FidelioEarn extends HTMLElement {
  private readonly onChange = (): void => queueMicrotask(() => this.show());

  connectedCallback(): void {
    document.addEventListener('change', this.onChange);
    this.show();
  }

  disconnectedCallback(): void {
    document.removeEventListener('change', this.onChange);
  }

  private show(): void {
    const parts = [...this.querySelectorAll<HTMLElement>('[data-variant]')];
    const fields = document.querySelectorAll<HTMLInputElement>('form[action*="/cart/add"] [name=id]:not([disabled])');
    const asked = new URLSearchParams(location.search).get('variant');
    const ids = fields.length > 0 ? [...fields].map(({ value }) => value) : [asked];
    const chosen = parts.find(({ dataset }) => ids.includes(dataset.variant ?? ''));
    // Forms may be of other products. But the shop tells a page of so many variants only: of a further one nothing is
    // known, and what another one earns is not said of it.
    if (chosen === undefined && (this.dataset.more === undefined || ids[0] === null)) return;
    for (const part of parts) part.hidden = part !== chosen;
  }
}
