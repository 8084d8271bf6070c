import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Host } from '../../extensions/shared/host';
import { say } from '../../extensions/shared/words';
import { i18nOf, type TextTree } from '../devstore/extensions/host/i18n';

/** "il 7 dicembre", but "l’8 dicembre" and "l’11 dicembre": which article a day has is known when the day is. */

const article = /(^|[\s(])(il|lo|al|dal|del|nel|sul) $/i;

const textsOf = (extension: string): TextTree =>
  JSON.parse(readFileSync(join('extensions', extension, 'locales', 'it.json'), 'utf8')) as TextTree;

const leavesOf = (tree: TextTree, path = ''): readonly (readonly [key: string, text: string])[] =>
  Object.entries(tree).flatMap(([name, part]) => {
    const key = path === '' ? name : `${path}.${name}`;
    return typeof part === 'string' ? [[key, part] as const] : leavesOf(part, key);
  });

const placeholder = /\{\{\s*(\w+)\s*\}\}/g;

describe('Italian articles before a day', () => {
  test('the theme writes texts as they are: none has an article directly before a value', () => {
    const wrong = leavesOf(textsOf('loyalty-storefront')).filter(([, text]) =>
      [...text.matchAll(placeholder)].some(({ index }) => article.test(text.slice(0, index))),
    );
    expect(wrong).toEqual([]);
  });

  test.each(['loyalty-account', 'loyalty-checkout', 'loyalty-pos', 'loyalty-profile'])(
    '%s says the article that fits the day',
    (extension) => {
      const tree = textsOf(extension);
      const host = { language: 'it', i18n: i18nOf('it', tree) } as unknown as Host;
      const dated = leavesOf(tree).filter(([, text]) => text.includes('{{date}}'));
      expect(dated.length).toBeGreaterThan(0);
      for (const [key, text] of dated)
        for (const date of ['8 dicembre 2026', '11 dicembre 2026', '7 dicembre 2026']) {
          const said = say(host, key, { date, amount: '80,00 €', tier: 'Oro', points: '30 stelle' });
          const before = said.slice(0, said.indexOf(date));
          const isElided = /l’$/.test(before);
          const hasArticle = article.test(text.slice(0, text.indexOf('{{date}}')));
          expect([said, isElided]).toEqual([said, hasArticle && !date.startsWith('7')]);
          expect([said, article.test(before)]).toEqual([said, hasArticle && date.startsWith('7')]);
        }
    },
  );
});
