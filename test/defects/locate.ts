const tokens = /[\w$]+|[^\s\w$]/g;
const escaped = (token: string): string => token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Where a defect's text stands in a file, however the formatter broke its lines: spaces and line breaks between words
 * do not count, nor does a comma before a bracket that closes. Answers all places, so that a caller can insist on one.
 */
export const locate = (text: string, find: string): readonly { readonly from: number; readonly to: number }[] => {
  const words = find.match(tokens) ?? [];
  const pattern = words.map((word) => (/[)\]}]/.test(word) ? `,?\\s*${escaped(word)}` : escaped(word))).join('\\s*');
  return [...text.matchAll(new RegExp(pattern, 'g'))].map(({ index, 0: found }) => ({
    from: index,
    to: index + found.length,
  }));
};
