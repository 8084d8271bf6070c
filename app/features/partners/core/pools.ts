/** The pool of the codes that were uploaded for an item. No pool of a reward has a colon in its name. */
export const poolOfItem = (partnerId: string, itemId: string): string => `${partnerId}:${itemId}`;
