import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { blocksIn, places, readThemeParts } from '~/platforms/shopify/themeParts';
import { createAdminClient } from '~/platforms/shopify/adminClient';
import { registrationFrom } from 'test/devstore/process/registration';
import { createDevstore, type Devstore } from 'test/devstore/process/state';
import { execute } from 'test/devstore/admin-api/graphql';

const block = (name: string, app = 'fidelio', part: object = {}) => ({
  type: `shopify://apps/${app}/blocks/${name}/0192b5a0-0000-4000-8000-000000000001`,
  ...part,
});
const file = (sections: object): string => `/* Written by the theme editor. */\n${JSON.stringify({ sections })}`;

describe('which parts a theme shows', () => {
  test('the blocks of the app, wherever they stand; not those of others, and none that is switched off', () => {
    const text = file({
      main: { type: 'main-cart', blocks: { a: block('cart-rewards'), b: block('balance', 'another') } },
      apps: { type: 'apps', disabled: true, blocks: { a: block('history') } },
      more: { type: 'apps', blocks: { a: block('nudge', 'fidelio', { disabled: true }), b: block('balance') } },
    });
    expect(blocksIn(text, 'fidelio')).toEqual(['cart-rewards', 'balance']);
    // What is switched on for the whole theme stands in its settings.
    expect(blocksIn(JSON.stringify({ current: { blocks: { 7: block('launcher') } } }), 'fidelio')).toEqual([
      'launcher',
    ]);
  });

  test.each(['', '/* no end', '{"sections":', 'null', '[1,"a"]', '{"type":5}'])(
    'a file that says %j shows none',
    (text) => expect(blocksIn(text, 'fidelio')).toEqual([]),
  );

  test('every part is a block of the theme extension, and every block is a part', () => {
    const blocks = readdirSync('extensions/loyalty-storefront/blocks').map((name) => name.replace('.liquid', ''));
    expect(
      Object.values(places)
        .map((place) => place.block)
        .sort(),
    ).toEqual(blocks.sort());
  });
});

describe('the parts of a shop', () => {
  const opened = (scopes: (all: readonly string[]) => readonly string[] = (all) => all) => {
    const app = registrationFrom({ apiKey: 'key', apiSecret: 'secret', appUrl: 'https://app.example.com' });
    const store = createDevstore({ ...app, scopes: scopes(app.scopes) });
    return { store, read: () => readThemeParts(clientOf(store)) };
  };
  const clientOf = (store: Devstore) =>
    createAdminClient({
      domain: store.shop.domain,
      accessToken: () => Promise.resolve('token'),
      fetch: async (_, init) => {
        const { query, variables } = JSON.parse(init?.body as string) as { query: string; variables: object };
        return Response.json(await execute(store, query, { ...variables }));
      },
    });

  test('are shown or not, each with its place in the theme editor', async () => {
    const { store, read } = opened();
    const launcher = store.themeBlocks.find(({ handle }) => handle === 'launcher');
    if (launcher !== undefined) launcher.disabled = true;
    store.themeBlocks.splice(1, 1);
    const shown = await read();
    const parts = new Map(shown.ok ? shown.value.map((part) => [part.name, part]) : []);
    expect([...parts.values()].filter(({ isShown }) => !isShown).map(({ name }) => name)).toEqual([
      'launcher',
      'balance',
    ]);
    const editor = 'https://fidelio-demo.myshopify.com/admin/themes/current/editor';
    expect(parts.get('launcher')?.editor).toBe(`${editor}?template=index&context=apps&activateAppId=key/launcher`);
    expect(parts.get('balance')?.editor).toBe(
      `${editor}?template=index&addAppBlockId=key/balance&target=sectionGroup:header`,
    );
  });

  test('are not known without the scope', async () => {
    const { read } = opened((all) => all.filter((scope) => scope !== 'read_themes'));
    const parts = await read();
    expect(parts.ok ? parts.value.map(({ isShown }) => isShown) : []).toEqual(Array.from({ length: 7 }, () => null));
  });
});
