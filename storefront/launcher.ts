import type { FidelioRewards } from './rewards';

/** The way into the program from every page: a panel that opens over it. Without script it opens by its address. */
export class FidelioLauncher extends HTMLElement {
  private isReady = false;
  private readonly onAddress = (): void => this.openByAddress();

  connectedCallback(): void {
    addEventListener('hashchange', this.onAddress);
    const dialog = this.dialog();
    if (this.isReady || dialog === null) return;
    this.isReady = true;
    const opener = this.querySelector('a');
    opener?.addEventListener('click', (event) => {
      event.preventDefault();
      this.open(dialog);
    });
    dialog.addEventListener('click', (event) => {
      const target = event.target as Element;
      if (target !== dialog && target.closest('[data-fidelio-close]') === null) return;
      event.preventDefault();
      dialog.close();
    });
    // Browsers give the focus back to where it was; some only to what can be clicked.
    dialog.addEventListener('close', () => opener?.focus());
    this.openByAddress();
  }

  disconnectedCallback(): void {
    removeEventListener('hashchange', this.onAddress);
  }

  private dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  /** Any link may name the panel. The address lets go of it: else the same link would do nothing a second time. */
  private openByAddress(): void {
    const dialog = this.dialog();
    if (dialog === null || location.hash !== `#${dialog.id}`) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    this.open(dialog);
  }

  private open(dialog: HTMLDialogElement): void {
    if (dialog.open) return;
    dialog.showModal();
    this.querySelector<FidelioRewards>('fidelio-rewards')?.takeUp();
  }
}
