import type { Express } from 'express';
import type { Devstore } from '../process/state';
import { shopLocales } from '../storefront/theme';
import { themeWords } from '../storefront/themeWords';
import { customerOf, type Visitor, type With } from '../storefront/visitor';
import { frameOf } from './frame';

/** The customer's account as Shopify keeps it, apart from the theme: the app's page, the profile, an order. */
export const addAccountPages = (app: Express, store: Devstore, with_: With): void => {
  const show = (path: string, content: (id: number, visitor: Visitor) => string | null) =>
    app.get(
      path,
      with_((request, response, visitor) => {
        const locale = shopLocales.find((one) => one === request.query.locale);
        if (locale !== undefined) visitor.session.locale = locale;
        if (customerOf(store, visitor) === null) return void response.redirect('/account/login');
        const html = content(Number(request.params.id), visitor);
        if (html === null) return void response.status(404).send('Not found');
        response.set('cache-control', 'no-store').send(page(store, visitor, html));
      }),
    );
  show('/customer/loyalty', () => frameOf('customer-account.page.render'));
  show('/customer/profile', () => frameOf('customer-account.profile.block.render'));
  show('/customer/orders/:id', (id, visitor) => {
    const order = store.orders.get(id);
    if (order === undefined || order.customer?.id !== visitor.session.customerId) return null;
    return `<h1>${order.name}</h1>${frameOf('customer-account.order-status.block.render', `?order=${id}`)}`;
  });
};

const page = (store: Devstore, { session }: Visitor, content: string): string => {
  const words = themeWords(session.locale);
  return `<!doctype html><html lang="${session.locale}"><head><meta charset="utf-8"><title>${store.shop.name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><style>
body{margin:0;font:15px/1.45 system-ui,sans-serif;background:#f6f6f7;color:#1f2124}
header{background:#fff;border-bottom:1px solid #dfe3e8;padding:6px 20px;display:flex;flex-wrap:wrap;gap:4px 20px;
align-items:center}
header a{color:inherit;text-decoration:none;display:inline-block;padding:10px 0}header b{margin-inline-end:auto}
main{max-width:860px;margin:24px auto;padding:0 12px}iframe.extension{border:0;width:100%;min-height:80px;display:block}
</style></head><body><header><b>${store.shop.name}</b><a href="/">${words.shop ?? ''}</a>
<a href="/account">${words.orders ?? ''}</a><a href="/customer/profile">${words.account ?? ''}</a>
<a href="/customer/loyalty">${words.club ?? ''}</a></header><main>${content}</main></body></html>`;
};
