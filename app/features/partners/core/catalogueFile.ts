import { partnerItemId, type PartnerItem } from '~/core/rewards/partners';
import { cellsIn, hasLooseQuote, linesIn } from '~/core/values/cells';
import { minorUnits } from '~/core/values/fields';
import { parseMoney } from '~/core/values/money';
import { ok, refuse, type Result } from '~/core/values/result';

/** An item of a catalogue that a merchant uploads. `link`: where its codes are used, with `{code}` for the code. */
export type FileItem = PartnerItem & { readonly link: string | null };

/** What is wrong with a line of a catalogue. */
export type ItemProblem = {
  readonly line: number;
  readonly kind: 'quote' | 'id' | 'name' | 'cost' | 'link' | 'too_much' | 'twice';
};

export type CatalogueRefusal =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too_many'; readonly most: number }
  | { readonly kind: 'lines'; readonly problems: readonly ItemProblem[]; readonly count: number };

export const itemsMax = 1000;
const problemsShown = 20;
const nameMax = 120;
const linkMax = 2000;

const headings = new Set(['id', 'item', 'code', 'codice', 'articolo', 'artikel', 'article', 'artículo', 'articulo']);

/**
 * Reads a catalogue: a line an item, with its id, its name, what it costs the merchant (in units of the currency:
 * 9.90 or 9,90) and, where its codes are used somewhere, that address. A heading and empty lines are passed over; one
 * line that is wrong refuses the file.
 */
export const readCatalogueFile = (text: string, currency: string): Result<readonly FileItem[], CatalogueRefusal> => {
  const items: FileItem[] = [];
  const problems: ItemProblem[] = [];
  const seen = new Set<string>();
  for (const [index, written] of linesIn(text).entries()) {
    const cells = cellsIn(written, { oneMark: true });
    if (cells.every((cell) => cell === '')) continue;
    const isFirst = items.length + problems.length === 0;
    if (isFirst && headings.has((cells[0] ?? '').toLowerCase())) continue;
    // A mark inside a name may be one of inches; one that a cell begins with is not closed.
    const item = hasLooseQuote(written, { oneMark: true }) ? 'quote' : itemOf(cells, currency);
    const kind = typeof item === 'string' ? item : seen.has(item.itemId) ? 'twice' : null;
    if (kind !== null) problems.push({ line: index + 1, kind });
    else if (typeof item !== 'string') {
      items.push(item);
      seen.add(item.itemId);
    }
    if (items.length > itemsMax) return refuse({ kind: 'too_many', most: itemsMax });
  }
  if (problems.length > 0)
    return refuse({ kind: 'lines', problems: problems.slice(0, problemsShown), count: problems.length });
  return items.length === 0 ? refuse({ kind: 'empty' }) : ok(items);
};

const itemOf = (
  [itemId = '', name = '', cost = '', link = '', ...more]: readonly string[],
  currency: string,
): FileItem | ItemProblem['kind'] => {
  if (!partnerItemId.safeParse(itemId).success) return 'id';
  if (name === '' || name.length > nameMax) return 'name';
  const money = parseMoney(cost.replace(',', '.'), currency);
  if (!money.ok || !minorUnits.safeParse(money.value).success) return 'cost';
  if (link !== '' && !isLink(link)) return 'link';
  if (more.some((cell) => cell !== '')) return 'too_much';
  return { itemId, name, cost: { amountMinor: money.value, currency }, link: link === '' ? null : link };
};

const isLink = (text: string): boolean =>
  text.length <= linkMax && URL.canParse(linkFor(text, 'A')) && new URL(linkFor(text, 'A')).protocol === 'https:';

/** The address at which a code is used. */
export const linkFor = (link: string, code: string): string => link.replaceAll('{code}', encodeURIComponent(code));
