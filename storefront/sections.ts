import { morph } from './morph';

const prefix = 'shopify-section-';
/** The shop renders so many sections in one answer. */
const atMost = 5;

// Where a cart is shown, in any theme: our own parts, a form of the cart, the way to the checkout.
const showsCart = [
  'fidelio-rewards,fidelio-nudge',
  '[name=checkout],[href$="/checkout"]',
  'form[action$="/cart"],form[action*="/cart/change"]',
].join();

/** The ids of the sections of this page that show the cart, those with our own parts first. */
export const sectionsOfCart = (): readonly string[] => {
  const all = [...document.querySelectorAll(`[id^="${prefix}"]`)].filter(
    (section) => /cart/i.test(section.id) || section.querySelector(showsCart) !== null,
  );
  const own = (section: Element): number => (section.querySelector('fidelio-rewards') === null ? 1 : 0);
  return all
    .sort((a, b) => own(a) - own(b))
    .slice(0, atMost)
    .map(({ id }) => id.slice(prefix.length));
};

// A parser that runs no script reads what is meant for browsers without: here it would hide every button.
const parsed = (html: string): Document => {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const node of page.querySelectorAll('noscript')) node.replaceChildren();
  return page;
};

/** Paints sections that the shop rendered anew, keeping what the shopper holds. false: there is none. */
export const paint = (sections: Readonly<Record<string, string | null>> | undefined): boolean => {
  let isPainted = false;
  for (const [id, html] of Object.entries(sections ?? {})) {
    const old = document.getElementById(prefix + id);
    const fresh = html === null ? null : parsed(html).getElementById(prefix + id);
    if (old === null || fresh === null) continue;
    morph(old, fresh);
    isPainted = true;
  }
  return isPainted;
};

/** Asks the shop for the sections that show the cart, and paints them. false: this page has none. */
export const repaint = async (): Promise<boolean> => {
  const ids = sectionsOfCart();
  if (ids.length === 0) return false;
  const url = new URL(location.href);
  url.searchParams.set('sections', ids.join(','));
  const response = await fetch(url, { headers: { accept: 'application/json' } });
  return response.ok && paint((await response.json()) as Record<string, string | null>);
};

/** Paints one part anew that stands in no section, from the page as it is now. */
export const repaintPart = async (part: Element): Promise<void> => {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) return;
  const fresh = parsed(await response.text()).querySelector(part.localName);
  if (fresh !== null) morph(part, fresh);
};
