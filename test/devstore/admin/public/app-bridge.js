// A small stand-in for Shopify's App Bridge: identity tokens, authenticated fetch with one retry, toast, save
// bar with its question before leaving, loading bar, navigation. What it does not know is loud, never silent.
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
    resourcePicker: unknown('resourcePicker'),
    user: () => Promise.resolve({}),
    scopes: { query: unknown('scopes'), request: unknown('scopes'), revoke: unknown('scopes') },
  };
})();
