import { styles } from './styles';

const escaped = (text: string | null): string => (text ?? '').replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A field that is chosen from its children: painted anew when these change, and telling of a choice by `change`. */
abstract class Choosing extends HTMLElement {
  private root = this.attachShadow({ mode: 'open' });
  protected chosen = '';

  protected abstract inside(options: readonly Element[]): string;

  connectedCallback(): void {
    this.paint();
    const watch = { childList: true, subtree: true, characterData: true, attributes: true };
    new MutationObserver(() => this.paint()).observe(this, watch);
    this.root.addEventListener('change', ({ target }) => {
      this.chosen = (target as HTMLInputElement | HTMLSelectElement).value;
      this.dispatchEvent(new Event('change', { bubbles: true }));
    });
  }
  protected paint(): void {
    const html = `<style>${styles}</style>${this.inside([...this.children])}`;
    if (this.isConnected && this.root.innerHTML !== html) this.root.innerHTML = html;
  }
}

class Select extends Choosing {
  protected inside(options: readonly Element[]): string {
    const each = options.map((one) => {
      const isChosen = one.getAttribute('value') === this.chosen;
      const value = escaped(one.getAttribute('value'));
      return `<option value="${value}"${isChosen ? ' selected' : ''}>${escaped(one.textContent)}</option>`;
    });
    return `<label><span>${escaped(this.getAttribute('label'))}</span><select>${each.join('')}</select></label>`;
  }
  get value(): string {
    return this.chosen;
  }
  set value(value: string) {
    this.chosen = value;
    this.paint();
  }
}

class ChoiceList extends Choosing {
  protected inside(options: readonly Element[]): string {
    return options
      .map((one) => {
        const isChosen = one.getAttribute('value') === this.chosen;
        const value = escaped(one.getAttribute('value'));
        const input = `<input type="radio" name="one" value="${value}"${isChosen ? ' checked' : ''}>`;
        return `<label class="choice">${input}${escaped(one.textContent)}</label>`;
      })
      .join('');
  }
  get values(): readonly string[] {
    return [this.chosen];
  }
  set values(values: readonly string[]) {
    this.chosen = values[0] ?? '';
    this.paint();
  }
}

/** The components that are chosen from, and those that stand in them. */
export const choosing: Readonly<Record<string, CustomElementConstructor>> = {
  's-select': Select,
  's-option': class extends HTMLElement {},
  's-choice-list': ChoiceList,
  's-choice': class extends HTMLElement {},
};
