// Otto, ottanta, ottomila, undici, undicimila begin with a vowel; zero begins with a z.
const beforeVowel = /(^|[\s(«“])([Ii]l|[Aa]l|[Dd]al|[DdNn]el|[Ss]ul) (?=8[\d.,]*(?!\d)|11(?:\.\d{3})?(?![\d.]))/g;

const beforeZero = /(^|[\s(«“])([Ii]l|[Aa]l|[Dd]al|[DdNn]el|[Ss]ul) (?=0(?!\d))/g;

const short: Readonly<Record<string, string>> = {
  il: 'l’',
  al: 'all’',
  dal: 'dall’',
  del: 'dell’',
  nel: 'nell’',
  sul: 'sull’',
};

const elidedForm = (article: string): string => {
  const form = short[article.toLowerCase()] ?? `${article} `;
  return article.charAt(0) === article.charAt(0).toUpperCase() ? form.charAt(0).toUpperCase() + form.slice(1) : form;
};

// "Lo zero", but "allo", "dallo", "dello", "nello", "sullo".
const longForm = (article: string): string =>
  /^il$/i.test(article) ? `${article.charAt(0) === 'I' ? 'L' : 'l'}o` : `${article}lo`;

/**
 * An Italian sentence whose articles fit the numbers after them: "dall’8 dicembre", "l’11%", "lo 0%". Words that people
 * wrote are left as they are.
 */
export const elided = (sentence: string, written: readonly unknown[]): string => {
  const isTheirs = written.some(
    (value) => typeof value === 'string' && (value.search(beforeVowel) >= 0 || value.search(beforeZero) >= 0),
  );
  if (isTheirs) return sentence;
  return sentence
    .replace(beforeVowel, (_, before: string, article: string) => before + elidedForm(article))
    .replace(beforeZero, (_, before: string, article: string) => `${before}${longForm(article)} `);
};
