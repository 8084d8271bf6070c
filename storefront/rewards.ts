import { askUntil } from '../extensions/shared/patience';
import { askApp, Refused, type Balance } from './app';
import { addCode, bring, readCart, seen, takeOut } from './cart';
import { choice, message, type Choice } from './kept';
import { repaint, repaintPart } from './sections';
import { namesOf, number, pointsIn, showBalance, showReturning, unitOf } from './words';

type Redeemed = {
  readonly balance: Balance;
  readonly given: string | null;
  readonly redemption: { readonly code: string | null; readonly state: string };
};
type Cancelled = { readonly balance: Balance; readonly returning: string | null };

type Wish = Omit<Choice, 'id' | 'surface'>;

const wishOf = ({ reward, points, variant }: Wish): string => `${reward}:${points}:${variant}`;

/** Whether a shopper can see a part: not in a closed dialog, nor in a drawer beside the page. */
const isShown = (part: Element): boolean => {
  if (part.closest('dialog:not([open])') !== null) return false;
  const { width, left, right } = part.getBoundingClientRect();
  return width > 0 && right > 0 && left < innerWidth && getComputedStyle(part).visibility !== 'hidden';
};

/** A new id as the app wants one; older browsers make it from random bytes. */
const newId = (): string =>
  typeof crypto.randomUUID === 'function'
    ? crypto.randomUUID()
    : '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (char) =>
        (Number(char) ^ ((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) & (15 >> (Number(char) / 4)))).toString(
          16,
        ),
      );

/** Rewards and codes: what the shopper chooses becomes a discount in the cart, without leaving the page. */
export class FidelioRewards extends HTMLElement {
  private isReady = false;
  private isBusy = false;
  private sight: IntersectionObserver | null = null;
  // A wish keeps its id until it is answered: pressing again after a lost answer never pays twice.
  private readonly wishes = new Map<string, string>();

  connectedCallback(): void {
    if (this.isReady) return;
    this.isReady = true;
    this.addEventListener('click', (event) => this.onClick(event));
    this.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLInputElement && target.matches('[data-slider]')) this.showChoice(target);
    });
    this.addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement && target.matches('[data-typed]')) this.takeTyped(target);
    });
    // They may have been moved, or a number typed, before the script was there.
    for (const typed of this.querySelectorAll<HTMLInputElement>('[data-typed]'))
      if (typed.value !== typed.defaultValue) this.takeTyped(typed);
    for (const slider of this.querySelectorAll<HTMLInputElement>('[data-slider]'))
      if (slider.value !== slider.defaultValue) this.showChoice(slider);
    this.takeUp();
  }

  /**
   * Goes on where the page before this one ended: what it had to say, and what was chosen there. The shopper may come
   * by other pages first, so both stay kept until they are seen. What was chosen is for the place where it was.
   */
  takeUp(): void {
    if (this.status() === null) return;
    const isSeen = isShown(this);
    const said = isSeen ? message.look() : null;
    // A screen reader tells what changes in a live region, not what stands there when it appears.
    if (said !== null) {
      message.forget();
      this.focusOn(said.code);
      setTimeout(() => this.say(said.text, said.kind), 100);
    }
    const chosen = choice.look();
    const isHere = chosen?.surface === this.surface();
    if (!isSeen && (isHere || message.look() !== null)) this.awaitSight();
    if (!isHere) return;
    const item = [...this.items()].find(({ dataset }) => dataset.reward === chosen.reward);
    const button = item?.querySelector<HTMLElement>('[data-redeem]');
    if (!item || !button) return;
    // An answer may have been lost before: it is the same wish still.
    this.wishes.set(wishOf(chosen), chosen.id);
    const slider = item.querySelector<HTMLInputElement>('[data-slider]');
    if (slider !== null) {
      slider.value = String(chosen.points);
      this.showChoice(slider);
    }
    const [variant, answer] = [this.variantOf(item), this.answerOf(item)];
    if (variant !== null && chosen.variant !== null) variant.value = chosen.variant;
    if (answer !== null && chosen.answer !== null) answer.value = chosen.answer;
    if (!isSeen) return;
    choice.forget();
    button.focus();
    setTimeout(() => this.say(this.dataset.back), 100);
  }

  /** A drawer that opens tells nobody: what is kept for it is taken up once the shopper sees it. */
  private awaitSight(): void {
    if (this.sight !== null || typeof IntersectionObserver === 'undefined') return;
    this.sight = new IntersectionObserver(() => {
      if (!isShown(this)) return;
      this.sight?.disconnect();
      this.sight = null;
      this.takeUp();
    });
    this.sight.observe(this);
  }

  private surface(): string {
    return this.dataset.surface ?? '';
  }
  private items(): NodeListOf<HTMLElement> {
    return this.querySelectorAll<HTMLElement>('[data-reward]');
  }
  private variantOf(item: Element): HTMLSelectElement | null {
    return item.querySelector('select[data-item]');
  }
  private answerOf(item: Element): HTMLTextAreaElement | null {
    return item.querySelector('[data-answer]');
  }

  private showChoices(): void {
    for (const slider of this.querySelectorAll<HTMLInputElement>('[data-slider]')) this.showChoice(slider);
  }

  /** The slider chooses points in steps: what one of them costs and gives, the app has said. */
  private showChoice(slider: HTMLInputElement): void {
    const points = Number(slider.value);
    const { stepPoints, stepAmount, left, least } = slider.dataset;
    const amount = (points / Number(stepPoints)) * Number(stepAmount);
    const item = slider.closest('[data-reward]');
    const names = namesOf(this);
    const write = (selector: string, words: string): void => {
      const part = item?.querySelector(selector);
      if (part) part.textContent = words;
    };
    write('[data-chosen]', `${unitOf(names, points)} · ${this.money(amount)}`);
    // What the reward is not for stays to be paid.
    write('[data-rest]', this.money(Math.max(Number(least ?? 0), Number(left) - amount)));
    const button = item?.querySelector<HTMLElement>('[data-redeem]');
    if (button) button.dataset.points = String(points);
    const typed = item?.querySelector<HTMLInputElement>('[data-typed]');
    if (typed) typed.value = slider.value;
    slider.setAttribute('aria-valuetext', `${pointsIn(names, points)} · ${this.money(amount)}`);
  }

  /** A number that was typed: the slider takes what it can be of it, the nearest step within its ends. */
  private takeTyped(typed: HTMLInputElement): void {
    const slider = typed.closest('[data-reward]')?.querySelector<HTMLInputElement>('[data-slider]');
    if (!slider) return;
    if (typed.value !== '') slider.value = typed.value;
    this.showChoice(slider);
  }

  private onClick(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>('[data-redeem],[data-apply],[data-cancel]');
    if (button === null) return;
    event.preventDefault();
    if (this.isBusy) return;
    const { redeem, points, apply, item, cancel, takes } = button.dataset;
    if (redeem !== undefined) void this.act(button, () => this.redeemFrom(button, redeem, Number(points)));
    else if (apply !== undefined) void this.act(button, () => this.apply(apply, item ?? null));
    else if (cancel !== undefined) void this.act(button, () => this.cancel(cancel, takes ?? null));
  }

  private async act(button: HTMLElement, work: () => Promise<void>): Promise<void> {
    this.isBusy = true;
    button.setAttribute('aria-disabled', 'true');
    this.say(this.dataset.working);
    try {
      await work();
    } catch (error) {
      const isRefused = error instanceof Refused;
      this.say(isRefused ? error.message : this.dataset.failed, 'error');
      if (isRefused && error.code === 'sign_in') this.offerSignIn();
    } finally {
      this.isBusy = false;
      button.removeAttribute('aria-disabled');
    }
  }

  private offerSignIn(): void {
    const link = document.createElement('a');
    link.href = this.dataset.signInUrl ?? '';
    link.textContent = this.dataset.signIn ?? '';
    this.status()?.append(' ', link);
  }

  private async redeemFrom(button: HTMLElement, reward: string, points: number): Promise<void> {
    const item = button.closest('[data-reward]') ?? button;
    const field = this.answerOf(item);
    const wish = { reward, points, answer: field?.value ?? null, variant: this.variantOf(item)?.value ?? null };
    try {
      await this.redeem(wish);
      if (field !== null) field.value = '';
    } catch (error) {
      if (error instanceof Refused && error.code === 'sign_in') {
        choice.keep({ ...wish, id: this.idOf(wish), surface: this.surface() });
      }
      throw error;
    }
  }

  private idOf(wish: Wish): string {
    const id = this.wishes.get(wishOf(wish)) ?? newId();
    this.wishes.set(wishOf(wish), id);
    return id;
  }

  /** The app has decided: the next press is a new wish. */
  private forget(wish: Wish, id: string): void {
    this.wishes.delete(wishOf(wish));
    if (choice.look()?.id === id) choice.forget();
  }

  private async redeem(wish: Wish): Promise<void> {
    const id = this.idOf(wish);
    const cart = seen(await readCart(), Number(this.dataset.minorPerUnit), this.dataset.cartCurrency);
    const ask = (): Promise<Redeemed> =>
      askApp<Redeemed>(this, 'redeem', { id, ...wish, cart }).catch((error: unknown) => {
        // Without a decision the same wish is asked again.
        if (error instanceof Refused && error.isFinal) this.forget(wish, id);
        throw error;
      });
    const answer = await askUntil(
      ask,
      ({ given, redemption }) => given !== null || redemption.state !== 'held',
      () => this.say(this.dataset.held),
    );
    showBalance(namesOf(this), answer.balance.available);
    this.forget(wish, id);
    if (answer.given !== null) return this.say(answer.given);
    if (answer.redemption.code === null) return this.say(this.dataset.held);
    await this.apply(answer.redemption.code, wish.variant);
  }

  private async apply(code: string, variant: string | null): Promise<void> {
    const cart = await readCart();
    if (variant !== null && !(await bring(cart, variant, code)))
      return this.show(await repaint(), this.dataset.notAdded, 'error', code);
    const { isIn, isPainted } = await addCode(cart, code);
    await this.show(isPainted, isIn ? this.dataset.applied : this.dataset.kept, isIn ? '' : 'error', code);
  }

  private async cancel(id: string, code: string | null): Promise<void> {
    const isTakenOut = code === null || (await takeOut(code));
    const { balance, returning } = await askApp<Cancelled>(this, 'cancel', { id });
    const text = [this.dataset.cancelled, returning].filter(Boolean).join(' ');
    showBalance(namesOf(this), balance.available);
    showReturning(returning);
    this.querySelector(`[data-cancel="${id}"]`)?.closest('li')?.remove();
    this.focusOn('');
    this.say(text);
    // What can be had with the points that stay is painted behind it.
    if (this.closest('fidelio-launcher') !== null || (await repaint()) || !isTakenOut)
      await this.show(isTakenOut, text);
  }

  /** Says how it went where the shopper is; a page that could not be painted is loaded anew and says it then. */
  private async show(isPainted: boolean, text = '', kind = '', code = ''): Promise<void> {
    const panel = this.closest('fidelio-launcher');
    if (panel !== null) await repaintPart(panel);
    else if (!isPainted) {
      message.keep({ text, kind, code });
      return location.assign(this.dataset.cartUrl ?? location.href);
    }
    this.showChoices();
    if (code !== '') this.focusOn(code);
    this.say(text, kind);
  }

  /** The code's own line, where there is one, else the heading: never lost to the top of the page. */
  private focusOn(code: string): void {
    const line = [...this.querySelectorAll<HTMLElement>('[data-code]')].find(({ dataset }) => dataset.code === code);
    (line ?? this.querySelector<HTMLElement>('h2,h3'))?.focus({ preventScroll: line === undefined });
  }

  private money(minor: number): string {
    const { language = 'en', currency = 'EUR', minorPerUnit } = this.dataset;
    return number(language, minor / Number(minorPerUnit), { style: 'currency', currency });
  }

  private status(): HTMLElement | null {
    return this.querySelector('[role=status]');
  }
  private say(text = '', kind = ''): void {
    const status = this.status();
    if (status === null) return;
    status.dataset.kind = kind;
    if (status.textContent !== text) status.textContent = text;
  }
}
