import { request as httpRequest, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Express } from 'express';
import { idToken } from '../admin-api/auth';
import { resourcesOf } from '../admin-api/catalogue';
import { grantScopes } from './scopes';
import { addThemeEditor } from './themeEditor';
import { decimal, type Devstore } from '../process/state';

const standIn = join(process.cwd(), 'test', 'devstore', 'admin', 'public', 'app-bridge.js');
const realScript = 'https://cdn.shopify.com/shopifycloud/app-bridge.js';

/** The parameters with which Shopify opens an embedded app's document. */
export const documentParameters = (store: Devstore, locale: string): URLSearchParams =>
  new URLSearchParams({
    embedded: '1',
    shop: store.shop.domain,
    host: Buffer.from('admin.shopify.com/store/fidelio-demo').toString('base64'),
    locale,
    id_token: idToken(store),
  });

/** The merchant's admin: a side bar and the app in a frame. */
export const addAdmin = (app: Express, store: Devstore): void => {
  addThemeEditor(app, store);
  app.get('/admin/gift_cards', (_, response) => void response.send(page(store, 'it', giftCardList(store))));
  app.get(/^\/admin(\/.*)?$/, (request, response) => {
    const locale = typeof request.query.locale === 'string' ? request.query.locale : 'it';
    const path = request.path.startsWith('/admin/app') ? request.path.slice('/admin'.length) : '/app';
    const parameters = documentParameters(store, locale);
    // What an address says itself goes on to the app: which list, which page of it.
    for (const [name, value] of new URL(request.originalUrl, store.origin).searchParams)
      if (!parameters.has(name)) parameters.append(name, value);
    const source = `${store.app.appUrl}${path}?${parameters.toString()}`;
    response
      .set('cache-control', 'no-store')
      .send(
        page(store, locale, `<iframe title="Fidelio" name="app" src="${source.replaceAll('&', '&amp;')}"></iframe>`),
      );
  });
};

/** Gift cards as the merchant sees them: of a code its end only. */
const giftCardList = (store: Devstore): string => {
  const rows = [...store.giftCards.values()].map(
    ({ code, customerId, note, initialMinor, balanceMinor, expiresOn }) => {
      const customer = customerId === null ? undefined : store.customers.get(customerId);
      const name = customer === undefined ? '' : `${customer.firstName} ${customer.lastName}`;
      const cells = [`•••• ${code.slice(-4)}`, name, note ?? '', decimal(balanceMinor), decimal(initialMinor)];
      return `<tr data-gift-card>${[...cells, expiresOn ?? '–'].map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    },
  );
  return `<table style="padding:40px;border-spacing:24px 8px;background:#fff;flex:1">
<caption>Gift cards</caption>${rows.join('')}</table>`;
};

const page = (
  store: Devstore,
  locale: string,
  content: string,
): string => `<!doctype html><html lang="${locale}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fidelio · ${store.shop.name}</title><link rel="icon" href="data:,"><style>
html,body{margin:0;height:100%;font:14px/1.4 Inter,system-ui,sans-serif;background:#1a1a1a}
.top{color:#fff;height:48px;display:flex;align-items:center;padding:0 16px;gap:12px}
.body{display:flex;height:calc(100% - 48px)}
nav{width:220px;background:#ebebeb;padding:12px;box-sizing:border-box;border-radius:12px 0 0 0;flex:none}
nav a,nav b{display:block;padding:7px 10px;border-radius:8px;color:#303030;text-decoration:none}
nav a[aria-current]{background:#fafafa;font-weight:600}iframe{border:0;flex:1;width:100%;background:#f1f1f1}
.top[data-loading]{box-shadow:inset 0 -3px #36a3ff}
#toast{position:fixed;bottom:24px;left:50%;transform:translateX(-50%);background:#1a1a1a;color:#fff;
padding:10px 18px;border-radius:8px;opacity:0;transition:opacity .2s}#toast.on{opacity:1}
@media(max-width:700px){.body{flex-direction:column}nav b{display:none}
nav{width:100%;display:flex;gap:4px;overflow:auto;border-radius:0;padding:6px}}
</style></head><body><div class="top">${store.shop.name}</div><div class="body"><nav aria-label="Fidelio"><b>Fidelio</b>
<span id="links"></span></nav>${content}</div><div id="toast" role="status"></div><script>
const links=document.getElementById('links'),toast=document.getElementById('toast');let path='/app';
const mark=()=>{for(const a of links.querySelectorAll('a'))a.toggleAttribute('aria-current',a.dataset.href===path)};
addEventListener('message',({data})=>{if(!data||!data.devstore)return;
if(data.kind==='nav'){links.replaceChildren(...data.links.map(({href,text})=>{
const a=document.createElement('a');a.href='/admin'+href;a.dataset.href=href;a.textContent=text;
a.onclick=(e)=>{e.preventDefault();const to=document.querySelector('iframe').contentWindow;
to.postMessage({devstoreNavigate:href},'*')};return a}));mark()}
if(data.kind==='loading')document.querySelector('.top').toggleAttribute('data-loading',data.on);
if(data.kind==='path'){path=data.path;mark()}
if(data.kind==='toast'){toast.textContent=data.text;toast.className='on';setTimeout(()=>toast.className='',3000)}});
</script></body></html>`;

/**
 * The app behind the address that its documents are opened at: a reverse proxy that lets the devstore
 * frame it and puts the stand-in in the place of the App Bridge.
 */
export const createAppProxy =
  (store: Devstore, target: () => URL): RequestListener =>
  (request, response) => {
    if (request.url === '/__devstore/id-token') return void response.end(idToken(store));
    if (request.url === '/__devstore/resources') {
      response.setHeader('content-type', 'application/json');
      return void response.end(JSON.stringify(resourcesOf(store)));
    }
    if (request.url?.startsWith('/__devstore/scopes')) return grantScopes(store, request.url, response);
    if (request.url === '/__devstore/app-bridge.js') {
      response.setHeader('content-type', 'text/javascript');
      return void response.end(readFileSync(standIn));
    }
    forward(store, target(), request, response);
  };

const forward = (store: Devstore, target: URL, request: IncomingMessage, response: ServerResponse): void => {
  const headers = { ...request.headers, host: target.host, 'accept-encoding': 'identity' };
  const outgoing = httpRequest(
    { hostname: target.hostname, port: target.port, path: request.url, method: request.method, headers },
    (answer) => {
      const rewritten: Record<string, string | string[] | undefined> = { ...answer.headers };
      delete rewritten.link;
      const policy = answer.headers['content-security-policy'];
      if (typeof policy === 'string')
        rewritten['content-security-policy'] = policy.replace(
          /frame-ancestors[^;]*/,
          `frame-ancestors ${store.origin}`,
        );
      if (!/^(text\/html|application\/json)/.test(answer.headers['content-type'] ?? '')) {
        response.writeHead(answer.statusCode ?? 502, rewritten);
        return void answer.pipe(response);
      }
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const html = Buffer.concat(parts)
          .toString('utf8')
          .replaceAll(realScript, '/__devstore/app-bridge.js')
          // What leads to the shop leads here.
          .replaceAll(`https://${store.shop.domain}`, store.origin);
        delete rewritten['content-length'];
        delete rewritten['transfer-encoding'];
        response.writeHead(answer.statusCode ?? 502, rewritten);
        response.end(html);
      });
    },
  );
  outgoing.on('error', () => {
    if (!response.headersSent) response.writeHead(502);
    response.end('The app does not answer.');
  });
  request.pipe(outgoing);
};
