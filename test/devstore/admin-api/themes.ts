import type { Devstore } from '../process/state';
import { connection, gid } from './nodes';

type Page = { first?: number; after?: string };

const extensionId = '0192b5a0-0000-4000-8000-000000000001';

/** A theme file as Shopify writes it: a comment, then the sections with their blocks. */
const fileOf = (store: Devstore, template: string): string => {
  const blocks = store.themeBlocks.filter((one) => one.template === template);
  const section = {
    type: 'apps',
    blocks: Object.fromEntries(
      blocks.map(({ handle, disabled }, index) => [
        `fidelio_${index}`,
        { type: `shopify://apps/fidelio/blocks/${handle}/${extensionId}`, disabled, settings: {} },
      ]),
    ),
    block_order: blocks.map((_, index) => `fidelio_${index}`),
  };
  const file =
    template === 'settings'
      ? { current: { blocks: section.blocks } }
      : { sections: { apps: section }, order: ['apps'] };
  return `/*\n * This file is written by the theme editor.\n */\n${JSON.stringify(file)}`;
};

/** The live theme, with the files that say which blocks stand where. */
export const themesRoot = (store: Devstore) => ({
  themes: (args: Page & { roles?: string[] }) => {
    if (args.roles?.join() !== 'MAIN') throw new Error('The devstore has a live theme only.');
    const theme = {
      id: gid('OnlineStoreTheme', 1),
      name: 'Aurora',
      role: 'MAIN',
      files: (wanted: Page & { filenames?: string[] }) =>
        connection(
          [...new Set(store.themeBlocks.map(({ template }) => template))].map((template) => ({
            filename: template === 'settings' ? 'config/settings_data.json' : `templates/${template}.json`,
            body: { __typename: 'OnlineStoreThemeFileBodyText', content: fileOf(store, template) },
          })),
          wanted,
        ),
    };
    return connection([theme], args);
  },
});
