import { translate } from '~/i18n/catalog';
import { services } from '~/process/services';
import { storefrontTerms } from '~/views/storefrontTerms';
import { problem } from '../problem';
import type { ShopperAnswer } from './shopper';

/** The terms of the program as a page of the shop: Shopify puts the theme around what is answered as Liquid. */
export const answerTerms: ShopperAnswer = async ({ store, language }) => {
  const { database } = await services();
  const found = await storefrontTerms(database, store);
  if (found === null) return problem(404, 'no_terms', translate(language, 'proxy.no_terms'));
  const paragraphs = found.terms[language]
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${plain(paragraph.trim()).replaceAll('\n', '<br>')}</p>`);
  const title = `${translate(language, 'proxy.terms')} · ${found.title[language]}`;
  const page = `<div class="page-width rte fidelio-terms"><h1>${plain(title)}</h1>\n${paragraphs.join('\n')}</div>\n`;
  return new Response(page, {
    headers: {
      'content-type': 'application/liquid; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
};

// Nothing in it is markup, nor Liquid.
const plain = (text: string): string => text.replace(/[&<>"'{}]/g, (sign) => `&#${sign.charCodeAt(0)};`);
