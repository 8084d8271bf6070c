/** Shopify's global ids, such as `gid://shopify/Customer/42`. */
export const gid = (type: string, id: number): string => `gid://shopify/${type}/${id}`;
export const numberOf = (id: string, type: string): number => {
  const match = new RegExp(`^gid://shopify/${type}/(\\d+)$`).exec(id);
  if (match === null) throw new Error(`Invalid global id '${id}'`);
  return Number(match[1]);
};

/** Nodes as Shopify pages them. */
export const connection = <Node>(
  nodes: readonly Node[],
  { first, after }: { first?: number | null; after?: string | null } = {},
) => {
  const from = after == null ? 0 : Number(after);
  const page = nodes.slice(from, from + (first ?? nodes.length));
  const end = from + page.length;
  return {
    nodes: page,
    edges: page.map((node) => ({ node })),
    pageInfo: {
      hasNextPage: end < nodes.length,
      hasPreviousPage: from > 0,
      endCursor: String(end),
      startCursor: String(from),
    },
  };
};

/** What was wrong with a mutation. */
export const userError = (field: string[], message: string, code: string | null = null) => ({
  field,
  message,
  code,
  extraInfo: null,
});
