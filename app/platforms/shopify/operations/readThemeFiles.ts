import { z } from 'zod';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';

// The files in which a theme keeps which blocks stand where.
export const operation = `#graphql
  query FidelioReadThemeFiles($after: String) {
    themes(first: 1, roles: [MAIN]) {
      nodes {
        files(
          first: 50
          after: $after
          filenames: ["templates/*.json", "sections/*.json", "config/settings_data.json"]
        ) {
          nodes { filename body { __typename ... on OnlineStoreThemeFileBodyText { content } } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }
  }`;

const answer = z.object({
  themes: z.object({
    nodes: z.array(
      z.object({
        files: z
          .object({
            nodes: z.array(z.object({ filename: z.string(), body: z.object({ content: z.string().optional() }) })),
            pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
          })
          .nullable(),
      }),
    ),
  }),
});

type Files = z.infer<typeof answer>['themes']['nodes'][number]['files'];

// A theme with more files than that is not read to its end.
const pagesMost = 10;

/** The texts of the live theme's files that say which blocks stand where. */
export const readThemeFiles = async (client: AdminClient): Promise<Result<readonly string[], PlatformFailure>> => {
  const texts: string[] = [];
  let after: string | null = null;
  for (let page = 0; page < pagesMost; page += 1) {
    const read: Result<z.infer<typeof answer>, PlatformFailure> = await client.ask(operation, { after }, answer);
    if (!read.ok) return read;
    const files: Files | null = read.value.themes.nodes[0]?.files ?? null;
    texts.push(...(files?.nodes ?? []).flatMap(({ body }) => body.content ?? []));
    if (files === null || !files.pageInfo.hasNextPage) break;
    after = files.pageInfo.endCursor;
  }
  return ok(texts);
};
