import { storefrontParts, type StorefrontPartName } from '~/core/storefront/parts';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure, StorefrontPart } from '~/platforms/platform';
import type { AdminClient } from './adminClient';
import { missingScopes, readInstallation, type Installation } from './operations/readInstallation';
import { readThemeFiles } from './operations/readThemeFiles';

/** Where the theme editor offers a block first; null: it stands in every page, switched on or off as a whole. */
type Place = { readonly block: string; readonly template: string; readonly target: string | null };

/** The block of each part, and where it belongs. */
export const places = {
  launcher: { block: 'launcher', template: 'index', target: null },
  rewards: { block: 'cart-rewards', template: 'cart', target: 'newAppsSection' },
  points: { block: 'product-points', template: 'product', target: 'mainSection' },
  page: { block: 'loyalty-page', template: 'page', target: 'newAppsSection' },
  balance: { block: 'balance', template: 'index', target: 'sectionGroup:header' },
  nudge: { block: 'nudge', template: 'cart', target: 'newAppsSection' },
  history: { block: 'history', template: 'page', target: 'newAppsSection' },
} satisfies Readonly<Record<StorefrontPartName, Place>>;

/**
 * Which of our blocks the shop's live theme has, and the way into the theme editor with each of them. Without the
 * scope `read_themes` nobody says what the theme has.
 */
export const readThemeParts = async (
  client: AdminClient,
): Promise<Result<readonly StorefrontPart[], PlatformFailure>> => {
  const app = await readInstallation(client);
  if (!app.ok) return app;
  const maySee = missingScopes(app.value, ['read_themes']).length === 0;
  const files = maySee ? await readThemeFiles(client) : ok(null);
  if (!files.ok) return files;
  const shown = files.value?.flatMap((text) => blocksIn(text, app.value.handle ?? '')) ?? null;
  return ok(
    storefrontParts.map((name) => ({
      name,
      isShown: shown?.includes(places[name].block) ?? null,
      editor: editorOf(app.value, places[name]),
    })),
  );
};

const editorOf = ({ domain, apiKey }: Installation, { block, template, target }: Place): string =>
  `https://${domain}/admin/themes/current/editor?template=${template}` +
  (target === null
    ? `&context=apps&activateAppId=${apiKey}/${block}`
    : `&addAppBlockId=${apiKey}/${block}&target=${target}`);

/**
 * The names of the app's blocks that a theme file shows: `shopify://apps/{app}/blocks/{block}/{extension}`. A block
 * that is switched off, or stands in a section that is, is not shown. A file that is no JSON shows none.
 */
export const blocksIn = (text: string, app: string): readonly string[] => {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { type, disabled } = value as { type?: unknown; disabled?: unknown };
    if (disabled === true) return;
    const [, owner, block] = (typeof type === 'string' ? blockType.exec(type) : null) ?? [];
    if (owner === app && block !== undefined) found.push(block);
    Object.values(value).forEach(look);
  };
  look(parsed(text));
  return found;
};

const blockType = /^shopify:\/\/apps\/([^/]+)\/blocks\/([^/]+)\//;

// Shopify writes a comment above the JSON of a theme file.
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\s*\/\*[\s\S]*?\*\//, ''));
  } catch {
    return null;
  }
};
