import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Liquid, type TagToken, type TopLevelToken, Tag, type Template } from 'liquidjs';
import { metafieldOf, type PageData } from './themeData';
import { decimal, type Devstore } from '../process/state';

const root = process.cwd();
export const extensionFolder = join(root, 'extensions', 'loyalty-storefront');
const themeFolder = join(root, 'test', 'devstore', 'storefront', 'theme');

export const shopLocales = ['it', 'en', 'de', 'fr', 'es'] as const;

const texts = new Map<string, Record<string, unknown>>();
const textsOf = (locale: string): Record<string, unknown> => {
  const known = texts.get(locale);
  if (known !== undefined) return known;
  const file = join(extensionFolder, 'locales', locale === 'en' ? 'en.default.json' : `${locale}.json`);
  const read = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  texts.set(locale, read);
  return read;
};

const lookUp = (locale: string, key: string): unknown =>
  key
    .split('.')
    .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], textsOf(locale));

/**
 * Shopify's `t`: interpolation and plurals (`count`), from the extension's locale files. A missing key is shown, as
 * there.
 */
const translate = (locale: string, key: string, values: Record<string, unknown>): string => {
  const found = lookUp(locale, key);
  const form =
    typeof found === 'object' && found !== null
      ? pluralForm(found as Record<string, string>, locale, Number(values.count))
      : found;
  if (typeof form !== 'string') return `Translation missing: ${locale}.${key}`;
  return form.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => escapeHtml(String(values[name] ?? '')));
};

const pluralForm = (forms: Record<string, string>, locale: string, count: number): string | undefined =>
  forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const money = (cents: unknown, locale: string, currency: string): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency }).format(Number(cents) / 100);

/** A tag whose content is for Shopify's editor, not for the page. */
class SchemaTag extends Tag {
  constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
    super(token, rest, liquid);
    while (rest.length > 0) {
      const next = rest.shift();
      if ((next as { name?: string } | undefined)?.name === 'endschema') return;
    }
    throw new Error('A schema tag is not closed.');
  }

  *render(): Generator<unknown, void, unknown> {}
}

const engineFor = (locale: string, currency: string): Liquid => {
  const engine = new Liquid({
    root: [join(extensionFolder, 'blocks'), join(extensionFolder, 'snippets'), themeFolder],
    extname: '.liquid',
    strictFilters: true,
    jsTruthy: false,
  });
  engine.registerTag('schema', SchemaTag);
  engine.registerFilter('t', (key: string, ...named: unknown[]) =>
    translate(locale, key, Object.fromEntries(named as [string, unknown][])),
  );
  engine.registerFilter('money', (cents: unknown) => money(cents, locale, currency));
  // Shopify divides whole numbers as whole numbers, rounding down; this engine would not.
  engine.registerFilter('divided_by', (a: unknown, b: unknown) =>
    Number.isInteger(Number(a)) && Number.isInteger(Number(b))
      ? Math.floor(Number(a) / Number(b))
      : Number(a) / Number(b),
  );
  engine.registerFilter('asset_url', (name: string) => `/extensions/loyalty-storefront/assets/${name}`);
  engine.registerFilter(
    'stylesheet_tag',
    (url: string) => `<link href="${url}" rel="stylesheet" type="text/css" media="all">`,
  );
  return engine;
};

const engines = new Map<string, Liquid>();

/** Renders a page of the theme, with the app's blocks in it, for one visitor. */
export const renderPage = async (store: Devstore, template: string, data: PageData): Promise<string> => {
  let engine = engines.get(data.locale);
  if (engine === undefined) {
    engine = engineFor(data.locale, store.shop.currency);
    engines.set(data.locale, engine);
  }
  const globals = globalsOf(store, data);
  const blocks = {
    balance: await renderBlock(engine, 'balance', globals),
    history: template === 'account' ? await renderBlock(engine, 'history', globals) : '',
    cart_rewards: template === 'cart' ? await renderBlock(engine, 'cart-rewards', globals) : '',
  };
  const content = await engine.renderFile(template, {}, { globals: { ...globals, blocks } });
  return engine.renderFile(
    'layout',
    {},
    { globals: { ...globals, blocks, content_for_layout: content as string } },
  ) as Promise<string>;
};

// A block is rendered in a scope of its own; its stylesheet and script come from its schema, once a page.
const renderBlock = async (engine: Liquid, name: string, globals: Record<string, unknown>): Promise<string> => {
  const source = readFileSync(join(extensionFolder, 'blocks', `${name}.liquid`), 'utf8');
  const schema = JSON.parse(/\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema/.exec(source)?.[1] ?? '{}') as {
    settings?: { id?: string; default?: unknown }[];
  };
  const settings = Object.fromEntries(
    (schema.settings ?? []).flatMap(({ id, default: value }) => (id === undefined ? [] : [[id, value]])),
  );
  const templates: Template[] = engine.parse(source);
  const block = { id: name, settings, shopify_attributes: `data-shopify-editor-block="${name}"` };
  return (await engine.render(templates, {}, { globals: { ...globals, block } })) as string;
};

const globalsOf = (store: Devstore, data: PageData): Record<string, unknown> => {
  const customer =
    data.customer === null
      ? null
      : {
          id: data.customer.id,
          first_name: data.customer.firstName,
          last_name: data.customer.lastName,
          name: `${data.customer.firstName} ${data.customer.lastName}`,
          email: data.customer.email,
          // App-owned metafields are found in the bracket form only.
          metafields: {
            $app: { loyalty: metafieldOf(store, `gid://shopify/Customer/${data.customer.id}|$app|loyalty`) },
          },
        };
  return {
    ...data.page,
    customer,
    cart: data.cart === null ? null : { ...data.cart, currency: { iso_code: store.shop.currency } },
    shop: { name: store.shop.name, permanent_domain: store.shop.domain, currency: store.shop.currency },
    app: {
      metafields: { loyalty: { program: metafieldOf(store, 'gid://shopify/AppInstallation/1|loyalty|program') } },
    },
    request: { locale: { iso_code: data.locale }, design_mode: false, path: data.path },
    routes: { root_url: '/', account_login_url: '/account/login', cart_url: '/cart', cart_update_url: '/cart/update' },
    locales: shopLocales,
    products: store.products.map((product) => ({
      ...product,
      price: product.priceMinor,
      url: `/products/${product.handle}`,
      picture: `/devstore/pictures/${product.handle}.svg`,
      price_text: decimal(product.priceMinor),
    })),
  };
};
