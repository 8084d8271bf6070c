import { mkdtempSync, rmSync } from 'node:fs';
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { uiTargets } from '../../tools/extensions';
import { checkExtensions, textProblems, unlikeTexts } from '../checks/extensions';

let copy: string;
beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'fidelio-extensions-'));
  for (const name of ['extensions', 'app/core', 'shopify.app.toml', 'tsconfig.json'])
    cpSync(name, join(copy, name), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
});
afterEach(() => rmSync(copy, { recursive: true }));

const change = (file: string, from: string, to: string): void => {
  const text = readFileSync(join(copy, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(copy, file), text.replace(from, to));
};

test('the extensions as they are hold; another address of the app is told', () => {
  expect(checkExtensions(copy)).toEqual([]);
  change('shopify.app.toml', 'https://example.com/', 'https://loyalty.example.com/');
  expect(checkExtensions(copy)).toEqual([expect.stringContaining('https://loyalty.example.com/')]);
});

test('a script that is too heavy is told with its size', () => {
  const heavy = Array.from({ length: 30_000 }, (_, index) => Math.sin(index).toString(36).slice(3)).join('');
  change(
    'extensions/loyalty-pos/src/till.ts',
    '/** Whether',
    `Object.assign(globalThis, { heavy: '${heavy}' });\n/** Whether`,
  );
  expect(checkExtensions(copy)).toEqual([expect.stringMatching(/^pos\.home\.modal\.render is \d+ bytes compressed/)]);
});

test('a text that one language lacks or has alone, and another value in it, is told', () => {
  const english = new Map([
    ['a', '{{points}} by {{date}}'],
    ['b', 'B'],
  ]);
  const other = new Map([
    ['a', '{{points}}'],
    ['c', 'C'],
  ]);
  expect(textProblems('it', english, english)).toEqual([]);
  expect(textProblems('it', english, other)).toEqual([
    ...['it lacks b', 'it has c, which English lacks', 'it: a names other values'],
  ]);
});

test('a text that two extensions have says the same in both; each has its own name', () => {
  const texts = (b: string) =>
    new Map([
      ['name', b],
      ['b', b],
    ]);
  expect(
    unlikeTexts(
      'en',
      new Map([
        ['one', texts('B')],
        ['two', texts('B')],
      ]),
    ),
  ).toEqual([]);
  expect(
    unlikeTexts(
      'en',
      new Map([
        ['one', texts('B')],
        ['two', texts('C')],
      ]),
    ),
  ).toHaveLength(1);
});

test('every target of Shopify’s that we stand in is there', () => {
  expect(uiTargets(process.cwd()).map(({ target }) => target)).toEqual([
    'customer-account.page.render',
    'purchase.checkout.reductions.render-after',
    'purchase.thank-you.block.render',
    'customer-account.order-status.block.render',
    'pos.home.tile.render',
    'pos.home.modal.render',
    'pos.customer-details.block.render',
    'customer-account.profile.block.render',
  ]);
});
