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
    const asked = new URLSearchParams(location.search).get('variant');
    const field = document.querySelector<HTMLInputElement>('form[action*="/cart/add"] [name=id]:not([disabled])');
    const chosen = parts.find(({ dataset }) => dataset.variant === (field?.value ?? asked));
    if (chosen === undefined) return;
    for (const part of parts) part.hidden = part !== chosen;
  }
}
