import { z } from 'zod';

/**
 * Everything the process may be told from outside, read once at the start. A missing or wrong value
 * stops the start with one sentence that names it.
 */
const environmentSchema = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    SHOPIFY_API_KEY: z.string().min(1),
    SHOPIFY_API_SECRET: z.string().min(1),
    SHOPIFY_APP_URL: z.url(),
    /** Access scopes, if they differ from those of shopify.app.toml. */
    SCOPES: z.string().optional(),
    /** A PostgreSQL server. Without it the embedded database is used, in DATA_DIR. */
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    DATA_DIR: z.string().min(1).default('.data'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    /** 32 bytes in base64: encrypts tokens and personal data, keys the hashes and the reward codes. */
    ENCRYPTION_KEY: z
      .string()
      .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes written in base64'),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** `off`: this process serves pages only; `on`: it settles orders, too. */
    WORKER: z.enum(['on', 'off']).default('on'),
    /** The local Shopify that stands in for the real one. Never in production, but for the demo. */
    SHOPIFY_DEVSTORE_URL: z.url().optional(),
    SHOPIFY_DEVSTORE_DEMO: z.enum(['yes']).optional(),
  })
  .refine(
    (env) =>
      env.SHOPIFY_DEVSTORE_URL === undefined || env.NODE_ENV !== 'production' || env.SHOPIFY_DEVSTORE_DEMO === 'yes',
    {
      path: ['SHOPIFY_DEVSTORE_URL'],
      message: 'must not be set in production (the demo says so explicitly)',
    },
  );

export type Environment = z.infer<typeof environmentSchema>;

/** Parses the environment; throws one sentence that names every missing or wrong variable. */
export const parseEnvironment = (variables: Readonly<Record<string, string | undefined>>): Environment => {
  const filled = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(filled);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.');
    return filled[name] === undefined ? `${name} is missing` : `${name} ${issue.message}`;
  });
  throw new Error(`The environment is not complete: ${wrong.join('; ')}.`);
};

let parsed: Environment | null = null;

/** The environment of this process, parsed at the first call. */
export const environment = (): Environment => (parsed ??= parseEnvironment(process.env));
