import type { Tongue } from '~/core/values/text';

const nbsp = '\u00a0';

// Before what is alone on the next line otherwise: in French all double marks, wherever percentages have a space.
const before: Readonly<Partial<Record<Tongue, RegExp>>> = { fr: / (?=[:;!?%])/g, de: / (?=%)/g, es: / (?=%)/g };

/** A text whose spaces do not end a line where that would leave a lone mark at the beginning of the next one. */
export const boundSpaces = (language: Tongue, text: string): string => {
  const spaces = before[language];
  return spaces === undefined ? text : text.replace(spaces, nbsp);
};
