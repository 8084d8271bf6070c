// A format takes a phone longer to make than everything else here: none is made before the shopper acts, and each once.
const formats = new Map<string, Intl.NumberFormat>();

/** Numbers and money as the page's language writes them, with a real minus. */
export const number = (language: string, value: number, options: Intl.NumberFormatOptions = {}): string => {
  const key = language + JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.NumberFormat(language, { useGrouping: 'always', ...options });
  formats.set(key, format);
  return format.format(value).replace('-', '−');
};

/** The names of the points, as Liquid wrote them on an element. */
export type Names = { readonly language: string; readonly one: string; readonly many: string };

/** The data of an element that names points. */
export const namesOf = ({ dataset }: HTMLElement): Names => ({
  language: dataset.language ?? 'en',
  one: dataset.one ?? '',
  many: dataset.many ?? '',
});

/** The word for so many points; French counts none as one does: "0 point". */
export const unitOf = ({ language, one, many }: Names, points: number): string =>
  Math.abs(points) === 1 || (points === 0 && language === 'fr') ? one : many;

/** So many points, in words: "1.250 stelle". */
export const pointsIn = (names: Names, points: number, options?: Intl.NumberFormatOptions): string =>
  `${number(names.language, points, options)} ${unitOf(names, points)}`;

/** Writes the balance wherever the page shows it. */
export const showBalance = (names: Names, available: number): void => {
  for (const node of document.querySelectorAll('[data-fidelio-available]'))
    node.textContent = number(names.language, available);
  for (const node of document.querySelectorAll('[data-fidelio-unit]')) node.textContent = unitOf(names, available);
};

/** Writes what is on its way back, or hides the place of it. */
export const showReturning = (text: string | null): void => {
  for (const node of document.querySelectorAll<HTMLElement>('[data-fidelio-returning]')) {
    node.textContent = text ?? '';
    node.hidden = text === null;
  }
};
