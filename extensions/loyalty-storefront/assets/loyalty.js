// Rewards in the cart. No dependency, no request until the shopper acts.
(() => {
  'use strict';
  if (customElements.get('fidelio-rewards')) return;

  const uuid = () =>
    crypto.randomUUID
      ? crypto.randomUUID()
      : '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (c) =>
          (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16),
        );

  // Numbers as the page's language writes them, with a real minus.
  const number = (language, value, options) =>
    new Intl.NumberFormat(language, { useGrouping: 'always', ...options }).format(value).replace('-', '−');

  // What has to be said and where the focus belongs once the cart is painted anew. Storage may be forbidden: then nothing is kept.
  const kept = 'fidelio-said';
  const keep = (message) => {
    try {
      sessionStorage.setItem(kept, JSON.stringify(message));
    } catch {
      /* the page is right without it */
    }
  };
  const takeKept = () => {
    try {
      const message = JSON.parse(sessionStorage.getItem(kept));
      sessionStorage.removeItem(kept);
      return message;
    } catch {
      return null;
    }
  };

  class FidelioRewards extends HTMLElement {
    connectedCallback() {
      if (this.ready) return;
      this.ready = true;
      // A wish keeps its id until it is answered: pressing again after a lost answer never pays twice.
      this.wishes = new Map();
      this.addEventListener('click', (event) => this.onClick(event));
      this.addEventListener('input', (event) => this.onInput(event));
      this.querySelectorAll('[data-slider]').forEach((slider) => this.showChoice(slider));
      const message = this.querySelector('[role=status]') && takeKept();
      if (!message) return;
      this.focusOn(message.code);
      // A screen reader tells what changes in a live region, not what stands there when it appears.
      setTimeout(() => this.say(message.text, message.kind), 100);
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
      const button = event.target.closest('[data-redeem],[data-apply],[data-cancel]');
      if (!button) return;
      event.preventDefault();
      if (this.busy) return;
      if (button.dataset.redeem)
        this.act(button, () => this.redeem(button.dataset.redeem, Number(button.dataset.points)));
      else if (button.dataset.apply) this.act(button, () => this.apply(button.dataset.apply));
      else this.act(button, () => this.cancel(button.dataset.cancel));
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
      const answer = await this.ask('redeem', { id, reward, points, cart: this.seen(await this.cart()) }, wish);
      this.showBalance(answer.balance);
      this.wishes.delete(wish);
      if (!answer.redemption.code) return this.say(this.dataset.held);
      await this.apply(answer.redemption.code);
    }

    async cancel(id) {
      const answer = await this.ask('cancel', { id });
      this.showBalance(answer.balance);
      document.querySelectorAll('[data-fidelio-returning]').forEach((node) => {
        node.textContent = answer.returning || '';
        node.hidden = !answer.returning;
      });
      const item = this.querySelector(`[data-cancel="${id}"]`);
      if (item) item.closest('li').remove();
      this.focusOn('');
      this.say(answer.returning ? `${this.dataset.cancelled} ${answer.returning}` : this.dataset.cancelled);
    }

    cart() {
      return this.shop('cart.js');
    }

    /** The cart as it is now, which may be another than the page was painted for. */
    seen(cart) {
      const minor = (hundredths) => Math.round((hundredths * Number(this.dataset.minorPerUnit)) / 100);
      const discounts = [];
      if ((cart.cart_level_discount_applications || []).length) discounts.push('order');
      if ((cart.items || []).some((item) => (item.line_level_discount_allocations || []).length))
        discounts.push('product');
      return {
        subtotalMinor: minor(cart.items_subtotal_price),
        remainingMinor: minor(cart.total_price),
        currency: this.dataset.cartCurrency,
        discounts,
      };
    }

    /** Adds a code to those the cart has already, and shows the cart anew. A code that does not go with them is left out again. */
    async apply(code) {
      const before = (await this.cart()).discount_codes || [];
      const codes = before.filter((one) => one.applicable).map((one) => one.code);
      const after = await this.setCodes([...codes, code]);
      const goes = (list, wanted) =>
        list.some((one) => one.code.toUpperCase() === wanted.toUpperCase() && one.applicable !== false);
      const now = after.discount_codes || [];
      const together = goes(now, code) && codes.every((one) => goes(now, one));
      if (!together) await this.setCodes(codes);
      keep({ text: together ? this.dataset.applied : this.dataset.kept, kind: together ? '' : 'error', code });
      window.location.assign(this.dataset.cartUrl);
    }

    setCodes(codes) {
      return this.shop('cart/update.js', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ discount: [...new Set(codes)].join(',') }),
      });
    }

    async shop(path, options = { headers: { accept: 'application/json' } }) {
      const root = (window.Shopify && window.Shopify.routes && window.Shopify.routes.root) || '/';
      const response = await fetch(root + path, options);
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
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
      throw Object.assign(new Error(answer && answer.error ? answer.error.message : ''), {
        said: Boolean(answer && answer.error),
      });
    }

    showBalance({ available }) {
      document
        .querySelectorAll('[data-fidelio-available]')
        .forEach((node) => (node.textContent = number(this.dataset.language, available)));
      document
        .querySelectorAll('[data-fidelio-unit]')
        .forEach((node) => (node.textContent = available === 1 ? this.dataset.one : this.dataset.many));
    }

    /** The code's own line, where there is one, else the heading: never lost to the top of the page. */
    focusOn(code) {
      const line = code && [...this.querySelectorAll('[data-code]')].find((one) => one.dataset.code === code);
      (line || this.querySelector('h2')).focus({ preventScroll: !line });
    }

    points(points) {
      return `${number(this.dataset.language, points)} ${points === 1 ? this.dataset.one : this.dataset.many}`;
    }

    money(minor) {
      const { language, currency, minorPerUnit } = this.dataset;
      return number(language, minor / Number(minorPerUnit), { style: 'currency', currency });
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
        const response = await fetch(`${proxy}/history?lang=${language}${before && `&before=${before}`}`, {
          headers: { accept: 'application/json' },
        });
        if (!response.ok) throw new Error(String(response.status));
        const page = await response.json();
        if (page.returning) {
          const note = this.querySelector('p');
          note.textContent = page.returning;
          note.hidden = false;
        }
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
      const { language, one, many } = this.dataset;
      const amount = `${number(language, points, { signDisplay: 'exceptZero' })} ${Math.abs(points) === 1 ? one : many}`;
      [[`${day} · ${label}`, 'day'], [amount, 'points'], ...[sentence, ...steps].map((text) => [text, 'why'])].forEach(
        ([text, part]) => {
          const line = document.createElement('span');
          line.className = `fidelio-history__${part}`;
          line.textContent = text || '';
          item.append(line);
        },
      );
      return item;
    }
  }

  customElements.define('fidelio-rewards', FidelioRewards);
  customElements.define('fidelio-history', FidelioHistory);
})();
