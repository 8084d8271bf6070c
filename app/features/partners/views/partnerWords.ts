import { translate, type Language } from '~/i18n/catalog';
import type { CatalogueRefusal } from '../core/catalogueFile';
import type { RemovalRefusal } from '../usecases/removePartner';
import type { SetUpRefusal } from '../usecases/setUpPartner';

/** Why a partner was not kept, or not taken away. */
export const partnerRefusalText = (language: Language, refusal: SetUpRefusal | RemovalRefusal): string =>
  refusal.kind === 'away'
    ? translate(language, `partners.away_${refusal.why}`)
    : translate(language, `partners.${refusal.kind}`);

/** Why a catalogue was not taken, a sentence each: "Line 3: write the price like 9.90." */
export const catalogueRefusalTexts = (
  language: Language,
  refusal: CatalogueRefusal | { readonly kind: 'no_partner' },
): readonly string[] => {
  switch (refusal.kind) {
    case 'no_partner':
      return [translate(language, 'partners.gone')];
    case 'empty':
      return [translate(language, 'partners.catalogue_empty')];
    case 'too_many':
      return [translate(language, 'partners.catalogue_too_many', { most: refusal.most })];
    case 'lines': {
      const { problems, count } = refusal;
      const lines = problems.map(({ line, kind }) => translate(language, `partners.line_${kind}`, { line }));
      const more = count - problems.length;
      return more === 0 ? lines : [...lines, translate(language, 'codes.lines_more', { count: more })];
    }
  }
};
