import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Liquid, Template } from 'liquidjs';
import { extensionFolder, liquidOf, themeFolder } from './liquidShop';
import { globalsOf, type PageData } from './themeData';
import type { Devstore } from '../process/state';

export { extensionFolder, shopLocales } from './liquidShop';

/** Pages of the theme and what stands in them; those of the checkout are Shopify's and have nothing of the theme. */
const templates: Readonly<Record<string, readonly string[]>> = {
  index: ['hero'],
  collection: ['main-collection'],
  product: ['main-product'],
  search: ['main-search'],
  cart: ['main-cart'],
  account: ['main-account'],
  login: ['main-login'],
  loyalty: ['main-loyalty'],
  checkout: ['checkout'],
  thanks: ['thanks'],
};
const ofCheckout: readonly string[] = ['checkout', 'thanks'];

/** Blocks of the app that the merchant put into sections, by the name that the theme's Liquid has for the place. */
const placed: Readonly<Record<string, string>> = {
  balance: 'balance',
  cart_rewards: 'cart-rewards',
  history: 'history',
  loyalty_page: 'loyalty-page',
  nudge: 'nudge',
  product_points: 'product-points',
};
const embeds = ['launcher'] as const;

type BlockSchema = {
  readonly javascript?: string;
  readonly stylesheet?: string;
  readonly available_if?: string;
  readonly settings?: readonly { readonly id?: string; readonly default?: unknown }[];
};

/** What a merchant set in the theme editor, by block; the defaults stand for the rest. */
export type BlockSettings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

type Rendering = {
  readonly engine: Liquid;
  readonly globals: Record<string, unknown>;
  readonly settings: BlockSettings;
  /** Whether the theme has a block. */
  readonly has: (block: string) => boolean;
  /** Assets that the blocks on the page ask for: each is loaded once. */
  readonly assets: Set<string>;
};

const fileOf = (folder: string, name: string): string | null => {
  try {
    return readFileSync(join(folder, `${name}.liquid`), 'utf8');
  } catch {
    return null;
  }
};

const parsed = new WeakMap<Liquid, Map<string, Template[]>>();

/** What an engine makes of a source; once. */
const understood = (engine: Liquid, source: string): Template[] => {
  const known = parsed.get(engine) ?? new Map<string, Template[]>();
  parsed.set(engine, known);
  const templates = known.get(source) ?? engine.parse(source);
  known.set(source, templates);
  return templates;
};

const beginning = (store: Devstore, template: string, data: PageData, settings: BlockSettings): Rendering => ({
  engine: liquidOf(data.locale, store.shop.currency),
  globals: globalsOf(store, template, data),
  settings,
  has: (block) => store.hasBlocks && store.themeBlocks.some(({ handle, disabled }) => handle === block && !disabled),
  assets: new Set(),
});

const isTrue = (globals: Record<string, unknown>, key: string): boolean => {
  const { metafields } = globals.app as { metafields: { loyalty: Record<string, { value: unknown } | null> } };
  return metafields.loyalty[key]?.value === true;
};

/** A block of the app as Shopify renders it: in a scope of its own, and not where its condition does not hold. */
const renderBlock = async (rendering: Rendering, name: string): Promise<string> => {
  const { engine, globals, assets } = rendering;
  const source = fileOf(join(extensionFolder, 'blocks'), name);
  if (source === null || !rendering.has(name)) return '';
  const schema = JSON.parse(
    /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema/.exec(source)?.[1] ?? '{}',
  ) as BlockSchema;
  // The condition names a boolean of the app's own data; one that is not there does not hold.
  const condition = schema.available_if && /loyalty\.(\w+)/.exec(schema.available_if)?.[1];
  if (condition !== undefined && !isTrue(globals, condition)) return '';
  const defaults = (schema.settings ?? []).flatMap(({ id, default: value }) => (id === undefined ? [] : [[id, value]]));
  const settings = { ...(Object.fromEntries(defaults) as object), ...rendering.settings[name] };
  for (const asset of [schema.stylesheet, schema.javascript]) if (asset !== undefined) assets.add(asset);
  const block = { id: name, settings, shopify_attributes: `data-shopify-editor-block="${name}"` };
  return (await engine.render(understood(engine, source), {}, { globals: { ...globals, block } })) as string;
};

/** A section of the theme with the app's blocks in it, in the wrapper by which it is found and painted anew. */
const renderSection = async (rendering: Rendering, name: string): Promise<string> => {
  const source = fileOf(join(themeFolder, 'sections'), name) ?? '';
  const places = [...new Set([...source.matchAll(/blocks\.(\w+)/g)].map(([, place = '']) => place))];
  const blocks: Record<string, string> = {};
  for (const place of places) blocks[place] = await renderBlock(rendering, placed[place] ?? place);
  const { engine, globals } = rendering;
  const html = (await engine.render(understood(engine, source), {}, { globals: { ...globals, blocks } })) as string;
  return `<div id="shopify-section-${name}" class="shopify-section">${html}</div>`;
};

const headerOf = ({ assets, globals }: Rendering): string =>
  [
    `<script>window.Shopify = ${JSON.stringify({ routes: { root: '/' }, designMode: false })};</script>`,
    ...[...assets].map((name) => {
      const url = `/extensions/loyalty-storefront/assets/${name}`;
      return name.endsWith('.css')
        ? `<link href="${url}" rel="stylesheet" type="text/css" media="all">`
        : `<script src="${url}" defer></script>`;
    }),
    globals.template === 'index' ? '' : '<meta name="robots" content="noindex">',
  ].join('\n  ');

/**
 * Renders a page of the theme, with the app's blocks and embeds in it, for one visitor. `liquid`: what stands in it
 * besides, as an app answered it.
 */
export const renderPage = async (
  store: Devstore,
  template: string,
  data: PageData,
  settings: BlockSettings = {},
  liquid = '',
): Promise<string> => {
  const rendering = beginning(store, template, data, settings);
  const all = async (names: readonly string[]): Promise<string> => {
    const parts: string[] = [];
    for (const name of names) parts.push(await renderSection(rendering, name));
    return parts.join('\n');
  };
  const isShop = !ofCheckout.includes(template);
  const around = isShop ? ['header', 'footer'] : [];
  const [header = '', footer = ''] = await Promise.all(around.map((name) => all([name])));
  const { engine, globals } = rendering;
  const own = (await engine.render(engine.parse(liquid), {}, { globals })) as string;
  const content = own + (await all(templates[template] ?? []));
  // As in most themes: the page of the cart needs no drawer.
  const drawer = isShop && template !== 'cart' ? await all(['cart-drawer']) : '';
  const bodies: string[] = [];
  if (isShop) for (const name of embeds) bodies.push(await renderBlock(rendering, name));
  const page = {
    ...{ header, footer, drawer, content_for_layout: content, embeds: bodies.join('\n') },
    content_for_header: headerOf(rendering),
  };
  return (await rendering.engine.renderFile('layout', {}, { globals: { ...rendering.globals, ...page } })) as string;
};

/** The Section Rendering API: sections by name, null for one that there is not; at most five at a time, as there. */
export const renderSections = async (
  store: Devstore,
  template: string,
  data: PageData,
  names: readonly string[],
): Promise<Readonly<Record<string, string | null>>> => {
  const rendering = beginning(store, template, data, {});
  const answers: Record<string, string | null> = {};
  for (const name of names.slice(0, 5))
    answers[name] = fileOf(join(themeFolder, 'sections'), name) === null ? null : await renderSection(rendering, name);
  return answers;
};
