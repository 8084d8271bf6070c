import type { DecideRefusal } from '~/features/pointFiles/usecases/decideImport';
import type { ReadRefusal } from '~/features/pointFiles/usecases/readImportFile';
import { translate, type Language } from '~/i18n/catalog';

/** Why a file of points, or a decision about one, was refused, in the merchant's language. */
export const importRefusalText = (language: Language, refusal: ReadRefusal | DecideRefusal): string => {
  switch (refusal.kind) {
    case 'import_running':
      return translate(language, 'imports.refused_import_running', { name: refusal.fileName });
    case 'unknown_columns':
    case 'no_header':
    case 'no_points_column':
    case 'phone_only':
    case 'foreign_ids':
    case 'several_columns':
      return translate(language, `imports.refused_${refusal.kind}`, { found: refusal.found });
    case 'too_many_lines':
      return translate(language, 'imports.refused_too_many_lines', { limit: refusal.limit });
    case 'too_big':
      return translate(language, 'imports.refused_too_big', { limit: refusal.limitMegabytes });
    case 'bad_lines':
      return translate(language, 'imports.refused_bad_lines', { count: refusal.count });
    case 'no_program':
    case 'empty_file':
    case 'not_text':
    case 'json_file':
    case 'workbook':
    case 'no_balances':
    case 'unknown_import':
    case 'wrong_state':
    case 'nothing_to_import':
      return translate(language, `imports.refused_${refusal.kind}`);
  }
};
