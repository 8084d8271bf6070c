// What the page's own scripts have done to an element: open drawers stay open, running animations run on.
const isState = (name: string): boolean => /^(class|style|open|hidden|inert|tabindex|aria-.*)$/.test(name);
const keepsState = ({ localName }: Element): boolean => localName.includes('-') || /^(dialog|details)$/.test(localName);

// A live region is none of the paragraphs beside it.
const keyOf = (node: Node): string =>
  node instanceof HTMLElement
    ? node.id || node.dataset.code || node.dataset.reward || node.getAttribute('role') || ''
    : '';
const isSameKind = (a: Node, b: Node): boolean => a.nodeName === b.nodeName && keyOf(a) === keyOf(b);

const syncAttributes = (old: Element, fresh: Element): void => {
  const isOwn = (name: string): boolean => keepsState(old) && isState(name);
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !isOwn(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (!isOwn(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (old instanceof HTMLInputElement && old !== document.activeElement) old.value = old.getAttribute('value') ?? '';
};

/**
 * Makes an element look like a fresh rendering of it, and touches nothing that is the same: what has the focus keeps
 * it, a live region stays the one that screen readers listen to, and elements keep what they know.
 */
export const morph = (old: Element, fresh: Element): void => {
  // What was asked for and what was said stay; what is for browsers without script is none of ours.
  if (old.isEqualNode(fresh) || old.matches('fidelio-history,noscript,[role=status]')) return;
  syncAttributes(old, fresh);
  let place = old.firstChild;
  for (const child of [...fresh.childNodes]) {
    let match = place;
    while (match !== null && !isSameKind(match, child)) match = match.nextSibling;
    if (match === null) {
      old.insertBefore(document.importNode(child, true), place);
      continue;
    }
    while (place !== null && place !== match) place = removed(place);
    if (match instanceof Element) morph(match, child as Element);
    else if (match.nodeValue !== child.nodeValue) match.nodeValue = child.nodeValue;
    place = match.nextSibling;
  }
  while (place !== null) place = removed(place);
};

const removed = (node: ChildNode): ChildNode | null => {
  const next = node.nextSibling;
  node.remove();
  return next;
};
