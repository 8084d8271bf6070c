// Rewards in the cart. No dependency, no request until the shopper acts.
(() => {
  'use strict';
  if (customElements.get('fidelio-rewards')) return;

  const uuid = () =>
    crypto.randomUUID
      ? crypto.randomUUID()
      : '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

  class FidelioRewards extends HTMLElement {
    connectedCallback() {
      if (this.ready) return;
      this.ready = true;
      // A wish keeps its id until it is answered: pressing again after a lost answer never pays twice.
      this.wishes = new Map();
      this.addEventListener('click', (event) => this.onClick(event));
      this.addEventListener('input', (event) => this.onInput(event));
      this.querySelectorAll('[data-slider]').forEach((slider) => this.showChoice(slider));
    }

    onInput(event) {
      if (event.target.matches('[data-slider]')) this.showChoice(event.target);
    }

    showChoice(slider) {
      const points = Number(slider.value);
      const { stepAmount, stepPoints } = slider.dataset;
      const text = `${this.points(points)} · ${this.money((points / Number(stepPoints)) * Number(stepAmount))}`;
      const item = slider.closest('[data-reward]');
      item.querySelector('[data-chosen]').textContent = text;
      item.querySelector('[data-redeem]').dataset.points = String(points);
      slider.setAttribute('aria-valuetext', text);
    }

    onClick(event) {
      const button = event.target.closest('button');
      if (!button || this.busy) return;
      if (button.dataset.redeem) this.act(button, () => this.redeem(button.dataset.redeem, Number(button.dataset.points)));
      else if (button.dataset.apply) this.act(button, () => this.apply(button.dataset.apply));
      else if (button.dataset.cancel) this.act(button, () => this.cancel(button.dataset.cancel));
    }

    async act(button, work) {
      this.busy = true;
      button.setAttribute('aria-disabled', 'true');
      this.say(this.dataset.working);
      try {
        await work();
      } catch (error) {
        this.say(error.said ? error.message : this.dataset.failed, 'error');
      } finally {
        this.busy = false;
        button.removeAttribute('aria-disabled');
      }
    }

    async redeem(reward, points) {
      const wish = `${reward}:${points}`;
      const id = this.wishes.get(wish) || uuid();
      this.wishes.set(wish, id);
      const cart = { subtotalMinor: Number(this.dataset.subtotal), currency: this.dataset.cartCurrency };
      const answer = await this.ask('redeem', { id, reward, points, cart }, wish);
      this.showBalance(answer.balance);
      this.wishes.delete(wish);
      if (!answer.redemption.code) return this.say(this.dataset.held);
      await this.apply(answer.redemption.code);
    }

    async cancel(id) {
      const answer = await this.ask('cancel', { id });
      this.showBalance(answer.balance);
      const item = this.querySelector(`[data-cancel="${id}"]`);
      if (item) item.closest('li').remove();
      this.say(this.dataset.givenBack);
    }

    /** Adds a code to those the cart has already, and shows the cart anew. */
    async apply(code) {
      const root = (window.Shopify && window.Shopify.routes && window.Shopify.routes.root) || '/';
      const cart = await this.json(await fetch(`${root}cart.js`, { headers: { accept: 'application/json' } }));
      const codes = (cart.discount_codes || []).filter((one) => one.applicable).map((one) => one.code);
      const discount = [...new Set([...codes, code])].join(',');
      const after = await this.json(
        await fetch(`${root}cart/update.js`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify({ discount }),
        }),
      );
      const mine = (after.discount_codes || []).find((one) => one.code.toUpperCase() === code.toUpperCase());
      this.say(mine && mine.applicable === false ? `${this.dataset.failed} (${code})` : this.dataset.applied, mine && mine.applicable === false ? 'error' : '');
      window.location.assign(this.dataset.cartUrl);
    }

    async ask(path, body, wish) {
      const response = await fetch(`${this.dataset.proxy}/${path}?lang=${this.dataset.language}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', 'x-fidelio': '1' },
        body: JSON.stringify(body),
      });
      const answer = await response.json().catch(() => null);
      if (response.ok && answer) return answer;
      // A refusal is final: the next press is a new wish. Without an answer the same wish is asked again.
      if (answer && answer.error && wish) this.wishes.delete(wish);
      throw Object.assign(new Error(answer && answer.error ? answer.error.message : ''), { said: Boolean(answer && answer.error) });
    }

    async json(response) {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    }

    showBalance(balance) {
      document.querySelectorAll('[data-fidelio-available]').forEach((node) => (node.textContent = String(balance.available)));
      document.querySelectorAll('[data-fidelio-unit]').forEach((node) => (node.textContent = balance.available === 1 ? this.dataset.one : this.dataset.many));
    }

    points(points) {
      return `${points} ${points === 1 ? this.dataset.one : this.dataset.many}`;
    }

    money(minor) {
      const { language, currency, minorPerUnit } = this.dataset;
      return new Intl.NumberFormat(language, { style: 'currency', currency }).format(minor / Number(minorPerUnit));
    }

    say(text, kind = '') {
      const status = this.querySelector('[role=status]');
      if (!status) return;
      status.dataset.kind = kind;
      status.textContent = text;
    }
  }

  // The history asks for its first page when it is opened, for further ones when the shopper wants them.
  class FidelioHistory extends HTMLElement {
    connectedCallback() {
      if (this.ready) return;
      this.ready = true;
      this.querySelector('details').addEventListener('toggle', (event) => {
        if (event.target.open && !this.asked) this.load('');
      });
      this.querySelector('button').addEventListener('click', () => this.load(this.next));
    }

    async load(before) {
      this.asked = true;
      const status = this.querySelector('[role=status]');
      const more = this.querySelector('button');
      const list = this.querySelector('ol');
      const { proxy, language, empty, failed } = this.dataset;
      try {
        const response = await fetch(`${proxy}/history?lang=${language}${before && `&before=${before}`}`, { headers: { accept: 'application/json' } });
        if (!response.ok) throw new Error(String(response.status));
        const page = await response.json();
        page.entries.forEach((entry) => list.append(this.item(entry)));
        this.next = page.next;
        more.hidden = !page.next;
        status.textContent = list.children.length ? '' : empty;
      } catch {
        this.asked = Boolean(list.children.length);
        status.textContent = failed;
      }
    }

    item({ day, label, points, sentence, steps = [] }) {
      const item = document.createElement('li');
      const amount = `${points > 0 ? '+' : ''}${points} ${Math.abs(points) === 1 ? this.dataset.one : this.dataset.many}`;
      [[`${day} · ${label}`, 'day'], [amount, 'points'], ...[sentence, ...steps].map((text) => [text, 'why'])].forEach(([text, part]) => {
        const line = document.createElement('span');
        line.className = `fidelio-history__${part}`;
        line.textContent = text || '';
        item.append(line);
      });
      return item;
    }
  }

  customElements.define('fidelio-rewards', FidelioRewards);
  customElements.define('fidelio-history', FidelioHistory);
})();
