import type { Devstore } from '../process/state';
import { frameOf } from '../extensions/frame';

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const money = (store: Devstore, minor: number): string =>
  new Intl.NumberFormat('it', { style: 'currency', currency: store.shop.currency }).format(minor / 100);

/** The page of the till: products and the tile on the left, the cart on the right, the app's modal above them. */
export const tillPage = (store: Devstore): string => {
  const products = store.products
    .map(({ variantId, title, priceMinor }) => {
      const price = money(store, priceMinor);
      return `<button data-variant="${variantId}">${escaped(title)}<small>${price}</small></button>`;
    })
    .join('');
  const customers = [...store.customers.values()]
    .slice(0, 30)
    .map(({ id, firstName, lastName }) => `<option value="${id}">${escaped(`${firstName} ${lastName}`)}</option>`)
    .join('');
  return `<!doctype html><html lang="it"><head><meta charset="utf-8"><title>POS · ${store.shop.name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>
*{box-sizing:border-box}body{margin:0;font:15px/1.4 system-ui,sans-serif;background:#202223;color:#fff}
main{display:grid;grid-template-columns:1fr 380px;gap:16px;padding:16px;min-height:100vh}
.goods{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:10px;align-content:start}
.goods button{min-height:96px;border:0;border-radius:10px;background:#35383b;color:#fff;font:inherit;text-align:start;
padding:12px;cursor:pointer}small{display:block;color:#c9cccf}
aside{background:#fff;color:#1f2124;border-radius:12px;padding:16px;align-self:start}
aside li{display:flex;justify-content:space-between;gap:12px}ul{padding:0;list-style:none}
aside button,aside select{font:inherit;min-height:44px;width:100%;border-radius:8px;margin-top:8px}
iframe.extension{border:0;width:100%;min-height:104px;display:block}
dialog{width:min(640px,94vw);max-height:92vh;border:0;border-radius:14px;padding:16px;background:#f1f2f4;overflow:auto}
dialog form{text-align:end}dialog button{font:inherit;min-height:44px}
@media(max-width:760px){main{grid-template-columns:1fr}}
</style></head><body><main><div><div>${frameOf('pos.home.tile.render')}</div><p></p>
<div class="goods">${products}</div></div>
<aside><label>Cliente<select id="customer"><option value="">–</option>${customers}</select></label>
<div id="details"></div><ul id="lines"></ul><p><b id="total"></b></p>
<button id="pay">Incassa</button><p id="told" role="status"></p></aside></main>
<dialog id="modal"><form method="dialog"><button aria-label="Chiudi">✕</button></form><div id="app"></div></dialog>
<script>
const channel = new BroadcastChannel('devstore');
const by = (id) => document.getElementById(id);
const post = (path, body) => fetch(path, {method:'POST',headers:{'content-type':'application/json'},
  body:JSON.stringify(body ?? {})}).then((answer) => answer.json());
const frame = (target, query) => '<iframe class="extension" data-extension="' + target + '" title="Fidelio" src="' +
  '/devstore/extensions/frame/' + target + query + '"></iframe>';
let shown = null;
const money = new Intl.NumberFormat('it', {style: 'currency', currency: '${store.shop.currency}'});
const paint = ({cart}) => {
  const priceOf = (line) => money.format(line.price * line.quantity);
  const discounts = [...cart.cartDiscounts, ...cart.lineItems.flatMap((line) => line.discounts)];
  const rows = [...cart.lineItems.map((line) => [line.quantity + ' × ' + line.title, priceOf(line)]),
    ...discounts.map((one) => [one.discountDescription, '−' + money.format(one.amount), one.discountDescription])];
  by('lines').replaceChildren(...rows.map(([left, right, code]) => { const li = document.createElement('li');
    li.append(Object.assign(document.createElement('span'), {textContent: left}),
      Object.assign(document.createElement('span'), {textContent: right}));
    if (code) li.append(Object.assign(document.createElement('button'), {textContent: '✕', ariaLabel: 'Togli ' + code,
      onclick: () => act({kind: 'remove code', code})}));
    return li; }));
  by('total').textContent = money.format(cart.grandTotal);
  const id = cart.customer ? String(cart.customer.id) : '';
  if (id !== '' && ![...by('customer').options].some((one) => one.value === id))
    by('customer').append(new Option('#' + id, id));
  by('customer').value = id;
  const details = () => frame('pos.customer-details.block.render', '?customer=' + id);
  if (shown !== id) by('details').innerHTML = id === '' ? '' : details();
  shown = id;
};
const read = () => fetch('/pos/state').then((answer) => answer.json()).then(paint);
const act = (change) => post('/pos/act', change).then((state) => { paint(state); channel.postMessage('till'); });
for (const button of document.querySelectorAll('[data-variant]'))
  button.onclick = () => act({kind: 'add', variant: Number(button.dataset.variant)});
by('customer').onchange = ({target: {value}}) => act({kind: 'customer', id: value === '' ? null : Number(value)});
by('pay').onclick = () => post('/pos/sale').then(({name, message}) => { by('told').textContent = name ?? message;
  channel.postMessage('till'); return read(); });
channel.onmessage = ({data}) => {
  if (data === 'till') read();
  if (data === 'present') { by('app').innerHTML = frame('pos.home.modal.render', ''); by('modal').showModal(); }
  if (data === 'camera') channel.postMessage({scan: prompt('Scan:') ?? ''});
};
by('modal').onclose = () => { by('app').replaceChildren(); };
read();
</script></body></html>`;
};
