// A small stand-in for Shopify's App Bridge: identity tokens, authenticated fetch with one retry, toast, save
// bar with its question before leaving, loading bar, navigation, the picker of products and collections. What it does not know is loud, never silent.
(() => {
  'use strict';
  const key =
    document.querySelector('meta[name=shopify-api-key]')?.content ?? document.currentScript?.dataset.apiKey ?? '';
  const parameters = new URLSearchParams(location.search);
  const tell = (message) => window.parent.postMessage({ devstore: true, ...message }, '*');

  const idToken = async () => (await originalFetch('/__devstore/id-token')).text();
  const originalFetch = window.fetch.bind(window);

  window.fetch = async (input, init = {}) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin !== location.origin) return originalFetch(request);
    const send = async () => {
      const copy = request.clone();
      copy.headers.set('Authorization', `Bearer ${await idToken()}`);
      return originalFetch(copy);
    };
    const first = await send();
    return first.status === 401 && first.headers.has('X-Shopify-Retry-Invalid-Session-Request') ? send() : first;
  };

  if (location.pathname === '/auth/session-token') {
    const reload = parameters.get('shopify-reload');
    if (reload !== null) {
      idToken().then((token) => {
        const target = new URL(reload, location.origin);
        target.searchParams.set('id_token', token);
        location.replace(target.pathname + target.search);
      });
    }
    return;
  }

  const scopes = async (asked) => {
    const answer = await originalFetch(`/__devstore/scopes?ask=${asked.join(',')}`);
    const { granted } = await answer.json();
    return { result: answer.ok ? 'granted-all' : 'declined-all', detail: { granted, required: granted, optional: [] } };
  };

  class SaveBar extends HTMLElement {
    connectedCallback() {
      this.style.display = 'none';
    }
    get showing() {
      return this.style.display !== 'none';
    }
    show() {
      Object.assign(this.style, {
        display: 'flex',
        gap: '8px',
        justifyContent: 'flex-end',
        position: 'fixed',
        inset: '0 0 auto 0',
        padding: '10px 16px',
        background: '#1a1a1a',
        zIndex: '600',
      });
      for (const button of this.querySelectorAll('button')) {
        const main = button.getAttribute('variant') === 'primary';
        Object.assign(button.style, {
          font: 'inherit',
          padding: '6px 14px',
          borderRadius: '8px',
          border: '0',
          cursor: 'pointer',
          background: main ? '#fff' : '#444',
          color: main ? '#000' : '#fff',
        });
      }
      this.dispatchEvent(new Event('show'));
      return Promise.resolve();
    }
    hide() {
      this.style.display = 'none';
      this.dispatchEvent(new Event('hide'));
      return Promise.resolve();
    }
    toggle() {
      return this.showing ? this.hide() : this.show();
    }
  }

  class NavMenu extends HTMLElement {
    connectedCallback() {
      this.style.display = 'none';
      queueMicrotask(() => this.publish());
      setTimeout(() => this.publish(), 200);
    }
    publish() {
      const links = [...this.querySelectorAll('a')].map((link) => ({
        href: link.getAttribute('href'),
        text: link.textContent,
      }));
      if (links.length > 0) tell({ kind: 'nav', links });
    }
  }

  customElements.define('ui-save-bar', SaveBar);
  customElements.define('ui-nav-menu', NavMenu);
  if (!customElements.get('s-app-nav')) customElements.define('s-app-nav', class extends NavMenu {});

  window.addEventListener('message', ({ data }) => {
    if (!data?.devstoreNavigate) return;
    const link = document.createElement('a');
    link.setAttribute('href', data.devstoreNavigate);
    link.style.display = 'none';
    document.body.append(link);
    link.dispatchEvent(new CustomEvent('shopify:navigate', { bubbles: true }));
    link.remove();
  });

  const push = history.pushState.bind(history);
  history.pushState = (...rest) => {
    push(...rest);
    tell({ kind: 'path', path: location.pathname });
  };
  tell({ kind: 'path', path: location.pathname });

  // Shopify asks in the admin's own dialog. Who stays gets no answer: the promise is left open.
  const leaveWords = {
    en: ['Leave page with unsaved changes?', 'Leave page', 'Stay'],
    it: ['Uscire dalla pagina con modifiche non salvate?', 'Esci dalla pagina', 'Rimani'],
    de: ['Seite mit nicht gespeicherten Änderungen verlassen?', 'Seite verlassen', 'Bleiben'],
    fr: ['Quitter la page sans enregistrer ?', 'Quitter la page', 'Rester'],
    es: ['¿Salir de la página sin guardar?', 'Salir de la página', 'Quedarse'],
  };
  const leaveConfirmation = () =>
    new Promise((resolve) => {
      const bar = [...document.querySelectorAll('ui-save-bar')].find((one) => one.showing);
      if (bar === undefined) return resolve();
      const [question, leave, stay] = leaveWords[(parameters.get('locale') ?? 'en').slice(0, 2)] ?? leaveWords.en;
      const dialog = document.createElement('dialog');
      const button = (text, act) => {
        const one = Object.assign(document.createElement('button'), { textContent: text });
        one.addEventListener('click', () => {
          dialog.close();
          dialog.remove();
          act();
        });
        return one;
      };
      const leaving = () => {
        bar.hide();
        resolve();
      };
      dialog.append(
        Object.assign(document.createElement('p'), { textContent: question }),
        button(stay, () => undefined),
        button(leave, leaving),
      );
      dialog.setAttribute('aria-label', question);
      document.body.append(dialog);
      dialog.showModal();
    });

  // Shopify shows its list in the admin's own dialog, with a search and small pictures.
  const pickerWords = {
    en: {
      product: 'Select products',
      variant: 'Select variants',
      collection: 'Select collections',
      search: 'Search',
      ok: 'Select',
      no: 'Cancel',
    },
    it: {
      product: 'Seleziona prodotti',
      variant: 'Seleziona varianti',
      collection: 'Seleziona collezioni',
      search: 'Cerca',
      ok: 'Seleziona',
      no: 'Annulla',
    },
    de: {
      product: 'Produkte auswählen',
      variant: 'Varianten auswählen',
      collection: 'Kategorien auswählen',
      search: 'Suchen',
      ok: 'Auswählen',
      no: 'Abbrechen',
    },
    fr: {
      product: 'Sélectionner des produits',
      variant: 'Sélectionner des variantes',
      collection: 'Sélectionner des collections',
      search: 'Rechercher',
      ok: 'Sélectionner',
      no: 'Annuler',
    },
    es: {
      product: 'Seleccionar productos',
      variant: 'Seleccionar variantes',
      collection: 'Seleccionar colecciones',
      search: 'Buscar',
      ok: 'Seleccionar',
      no: 'Cancelar',
    },
  };
  const made = (tag, part, ...children) => {
    const { style, ...rest } = part;
    const one = Object.assign(document.createElement(tag), rest);
    Object.assign(one.style, style ?? {});
    one.append(...children);
    return one;
  };
  const nameOf = ({ displayName, title }) => (displayName ?? title).replace(/ - Default Title$/, '');
  const pickerRow = (one, words) => {
    const picture = (one.images ?? [one.image])[0]?.originalSrc;
    const box = made('input', { type: words.most === 1 ? 'radio' : 'checkbox', name: 'picked', value: one.id });
    const shown = made('img', {
      src: picture ?? 'data:,',
      alt: '',
      width: 40,
      height: 40,
      style: { borderRadius: '8px' },
    });
    const style = { display: 'flex', gap: '12px', alignItems: 'center', padding: '8px 4px', cursor: 'pointer' };
    return made('label', { style }, box, shown, made('span', { textContent: nameOf(one) }));
  };
  const pickerButton = (textContent, main, onclick) =>
    made('button', {
      type: 'button',
      textContent,
      onclick,
      style: {
        font: 'inherit',
        padding: '6px 14px',
        borderRadius: '8px',
        border: '1px solid #8a8a8a',
        cursor: 'pointer',
        background: main ? '#303030' : '#fff',
        color: main ? '#fff' : '#303030',
      },
    });
  const resourcePicker = async ({ type, multiple = false, selectionIds = [], query = '' }) => {
    const all = (await (await originalFetch('/__devstore/resources')).json())[type];
    if (all === undefined) throw new Error(`The App Bridge stand-in has no picker of ${type}.`);
    const most = multiple === true ? Infinity : Number(multiple) || 1;
    const words = { ...(pickerWords[(parameters.get('locale') ?? 'en').slice(0, 2)] ?? pickerWords.en), most };
    const chosen = new Set(selectionIds.map(({ id }) => id).filter((id) => all.some((one) => one.id === id)));
    return new Promise((resolve) => {
      const rows = all.map((one) => ({ one, row: pickerRow(one, words) }));
      const boxes = () => rows.map(({ row }) => row.querySelector('input'));
      const follow = () => {
        for (const box of boxes()) box.disabled = most > 1 && !box.checked && chosen.size >= most;
      };
      for (const box of boxes()) {
        box.checked = chosen.has(box.value);
        box.onchange = () => {
          if (most === 1) chosen.clear();
          if (box.checked) chosen.add(box.value);
          else chosen.delete(box.value);
          follow();
        };
      }
      const find = made('input', { type: 'search', value: query, placeholder: words.search, ariaLabel: words.search });
      Object.assign(find.style, { font: 'inherit', padding: '6px 10px', width: '100%', boxSizing: 'border-box' });
      find.oninput = () => {
        for (const { one, row } of rows)
          row.style.display = nameOf(one).toLowerCase().includes(find.value.toLowerCase()) ? 'flex' : 'none';
      };
      const list = made('div', { style: { overflow: 'auto', maxHeight: '50vh', margin: '12px 0' } });
      list.append(...rows.map(({ row }) => row));
      const style = {
        font: '14px/1.4 Inter,system-ui,sans-serif',
        border: '0',
        borderRadius: '12px',
        width: 'min(520px, 88vw)',
      };
      const dialog = made('dialog', { ariaLabel: words[type], style });
      const end = (answer) => () => {
        dialog.close();
        dialog.remove();
        resolve(answer());
      };
      const answer = () => {
        const selection = all.filter(({ id }) => chosen.has(id));
        return Object.assign([...selection], { selection });
      };
      const buttons = made('div', { style: { display: 'flex', gap: '8px', justifyContent: 'flex-end' } });
      buttons.append(
        pickerButton(
          words.no,
          false,
          end(() => undefined),
        ),
        pickerButton(words.ok, true, end(answer)),
      );
      dialog.oncancel = end(() => undefined);
      dialog.append(
        made('h2', { textContent: words[type], style: { font: '600 16px/1.4 inherit', margin: '0 0 12px' } }),
        find,
        list,
        buttons,
      );
      document.body.append(dialog);
      follow();
      find.oninput();
      dialog.showModal();
    });
  };

  const unknown = (name) => () => {
    throw new Error(`The App Bridge stand-in does not know ${name}.`);
  };
  window.shopify = {
    config: {
      apiKey: key,
      shop: parameters.get('shop'),
      host: parameters.get('host'),
      locale: parameters.get('locale') ?? 'en',
    },
    origin: location.origin,
    ready: Promise.resolve(),
    environment: { embedded: true, mobile: false, pos: false },
    idToken,
    toast: { show: (text) => tell({ kind: 'toast', text }), hide: () => undefined },
    loading: (on = true) => tell({ kind: 'loading', on: on !== false }),
    saveBar: {
      show: (id) => document.getElementById(id).show(),
      hide: (id) => document.getElementById(id).hide(),
      toggle: (id) => document.getElementById(id).toggle(),
      leaveConfirmation,
    },
    modal: { show: unknown('modal'), hide: unknown('modal'), toggle: unknown('modal') },
    resourcePicker,
    user: () => Promise.resolve({}),
    // The merchant of this shop says yes to what may be asked for.
    scopes: { query: () => scopes([]), request: scopes, revoke: unknown('scopes') },
  };
})();
