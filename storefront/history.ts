import { namesOf, pointsIn } from './words';

type Entry = {
  readonly day: string;
  readonly label: string;
  readonly points: number;
  readonly sentence?: string;
  readonly steps?: readonly string[];
};
type Page = { readonly returning?: string | null; readonly entries: readonly Entry[]; readonly next: string | null };

/** The history asks for its first page when it is opened, for further ones when the shopper wants them. */
export class FidelioHistory extends HTMLElement {
  private isReady = false;
  private isAsking = false;
  private isAsked = false;
  private next: string | null = null;

  connectedCallback(): void {
    if (this.isReady) return;
    this.isReady = true;
    const details = this.child<HTMLDetailsElement>('details');
    const onToggle = (): void => {
      if (details.open && !this.isAsked) void this.load('');
    };
    details.addEventListener('toggle', onToggle);
    // It may have been opened before the script was there.
    onToggle();
    this.child('button').addEventListener('click', () => void this.load(this.next ?? ''));
  }

  private child<Part extends HTMLElement>(selector: string): Part {
    return this.querySelector(selector) as Part;
  }

  private async load(before: string): Promise<void> {
    // A second press while the answer is on its way would show the same entries twice.
    if (this.isAsking) return;
    this.isAsking = this.isAsked = true;
    const status = this.child('[role=status]');
    const list = this.child('ol');
    const { proxy = '', language = 'en', empty = '', failed = '' } = this.dataset;
    try {
      const response = await fetch(`${proxy}/history?lang=${language}${before && `&before=${before}`}`, {
        headers: { accept: 'application/json' },
      });
      if (!response.ok) throw new Error(String(response.status));
      const page = (await response.json()) as Page;
      if (page.returning) {
        const note = this.child('p');
        note.textContent = page.returning;
        note.hidden = false;
      }
      list.append(...page.entries.map((entry) => this.item(entry)));
      this.next = page.next;
      this.child('button').hidden = page.next === null;
      status.textContent = list.children.length > 0 ? '' : empty;
    } catch {
      this.isAsked = list.children.length > 0;
      status.textContent = failed;
    } finally {
      this.isAsking = false;
    }
  }

  private item({ day, label, points, sentence, steps = [] }: Entry): HTMLLIElement {
    const item = document.createElement('li');
    const amount = pointsIn(namesOf(this), points, { signDisplay: 'exceptZero' });
    const lines = [
      [`${day} · ${label}`, 'day'],
      [amount, 'points'],
      ...[sentence, ...steps].map((why) => [why, 'why']),
    ];
    for (const [text = '', part] of lines) {
      const line = document.createElement('span');
      line.className = `fidelio-history__${part}`;
      line.textContent = text;
      item.append(line);
    }
    return item;
  }
}
