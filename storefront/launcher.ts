/** The way into the program from every page: a panel that opens over it. Without script it opens by its address. */
export class FidelioLauncher extends HTMLElement {
  private isReady = false;

  connectedCallback(): void {
    const dialog = this.querySelector('dialog');
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
    if (location.hash === `#${dialog.id}`) this.open(dialog);
  }

  private open(dialog: HTMLDialogElement): void {
    if (!dialog.open) dialog.showModal();
  }
}
