import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, visit } from 'graphql';
import { execute } from './graphql';
import { newNumber, type BulkOperation, type Devstore } from '../process/state';

const folder = mkdtempSync(join(tmpdir(), 'devstore-bulk-'));
const connectionsMax = 5;
const nestingMax = 2;

/** `bulkOperationRunQuery`: checked as Shopify checks it, run in the background, written as JSON lines. */
export const startBulk = (store: Devstore, query: string, groupObjects: boolean) => {
  const refusal = refusalOf(query);
  if (refusal !== null)
    return { bulkOperation: null, userErrors: [{ field: ['query'], message: refusal, code: 'INVALID' }] };
  if (!groupObjects) throw new Error('The devstore writes bulk files with groupObjects only.');
  const id = newNumber(store);
  const operation: BulkOperation = {
    id,
    status: 'CREATED',
    objects: 0,
    rootObjects: 0,
    url: null,
    file: join(folder, `${id}.jsonl`),
  };
  store.bulkOperations.set(id, operation);
  setTimeout(() => void run(store, operation, query), 300);
  return { bulkOperation: { id: `gid://shopify/BulkOperation/${id}`, status: 'CREATED' }, userErrors: [] };
};

/** A bulk query has at most five connections, two deep, and none inside a plain list. */
const refusalOf = (query: string): string | null => {
  let connections = 0;
  let depth = 0;
  let deepest = 0;
  let insideList: string | null = null;
  const path: string[] = [];
  visit(parse(query), {
    Field: {
      enter: ({ name, selectionSet }) => {
        path.push(name.value);
        if (selectionSet?.selections.some((one) => one.kind === 'Field' && one.name.value === 'edges') !== true) return;
        connections += 1;
        depth += 1;
        deepest = Math.max(deepest, depth);
        if (path.includes('refunds')) insideList = name.value;
      },
      leave: ({ selectionSet }) => {
        path.pop();
        if (selectionSet?.selections.some((one) => one.kind === 'Field' && one.name.value === 'edges') === true)
          depth -= 1;
      },
    },
  });
  if (connections === 0) return 'Bulk queries must contain at least one connection.';
  if (connections > connectionsMax) return `Bulk queries cannot contain more than ${connectionsMax} connections.`;
  if (deepest > nestingMax) return 'Bulk queries cannot contain connections with a nesting depth greater than 2.';
  return insideList === null
    ? null
    : 'Queries that contain a connection field within a list field are not currently supported.';
};

type Row = Record<string, unknown>;

const run = async (store: Devstore, operation: BulkOperation, query: string): Promise<void> => {
  operation.status = 'RUNNING';
  const answer = await execute(store, query, {});
  const rows: Row[] = [];
  if (answer.errors !== undefined) {
    for (const { message } of answer.errors) process.stderr.write(`${message}\n`);
    operation.status = 'FAILED';
    return;
  }
  const root = Object.values((answer.data ?? {}) as Record<string, unknown>)[0];
  for (const node of nodesOf(root)) flatten(node, null, rows);
  operation.objects = rows.length;
  operation.rootObjects = nodesOf(root).length;
  writeFileSync(operation.file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  operation.url = rows.length === 0 ? null : `https://${store.shop.domain}/devstore/bulk/${operation.id}`;
  operation.status = 'COMPLETED';
};

const nodesOf = (value: unknown): readonly Row[] => (value as { edges: { node: Row }[] }).edges.map(({ node }) => node);
const isConnection = (value: unknown): boolean => typeof value === 'object' && value !== null && 'edges' in value;

// A node becomes a line without its connections; their nodes follow as lines that name their parent.
const flatten = (node: Row, parentId: unknown, rows: Row[]): void => {
  const own = Object.fromEntries(Object.entries(node).filter(([, value]) => !isConnection(value)));
  rows.push(parentId === null ? own : { ...own, __parentId: parentId });
  for (const value of Object.values(node))
    if (isConnection(value)) for (const child of nodesOf(value)) flatten(child, node.id, rows);
};
