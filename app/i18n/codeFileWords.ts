import type { FileRefusal } from '~/core/rewards/codeFile';
import { translate, type Language } from './catalog';

/** Why a file of codes was not taken, a sentence each: "Line 14: this code is in the pool already." */
export const uploadRefusalTexts = (language: Language, refusal: FileRefusal): readonly string[] => {
  switch (refusal.kind) {
    case 'empty':
      return [translate(language, 'codes.refused_empty')];
    case 'too_many':
      return [translate(language, 'codes.refused_too_many', { most: refusal.most })];
    case 'lines': {
      const { problems, count, isUploaded } = refusal;
      const uploaded = isUploaded === true ? [translate(language, 'codes.refused_uploaded', { count })] : [];
      const lines = problems.map(({ line, kind }) => translate(language, `codes.line_${kind}`, { line }));
      const more = count - problems.length;
      const rest = more === 0 ? [] : [translate(language, 'codes.lines_more', { count: more })];
      return [...uploaded, ...lines, ...rest];
    }
  }
};
