import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse, validate } from 'graphql';
import { adminSchema } from 'test/devstore/admin-api/graphql';

const folder = join(process.cwd(), 'app', 'platforms', 'shopify', 'operations');

type OperationFile = { readonly operation?: string; readonly exportQuery?: (since: null) => string };

/** Every GraphQL operation of the app must be valid against Shopify's schema of the pinned version. */
export const checkOperations = async (): Promise<readonly string[]> => {
  const { schema } = adminSchema();
  const problems: string[] = [];
  let operations = 0;
  for (const file of readdirSync(folder)) {
    const { operation, exportQuery } = (await import(join(folder, file))) as OperationFile;
    for (const source of [operation, exportQuery?.(null)]) {
      if (source === undefined) continue;
      operations += 1;
      for (const { message } of validate(schema, parse(source))) problems.push(`${file}: ${message}`);
    }
  }
  return operations === 0 ? ['no operation was found'] : problems;
};
