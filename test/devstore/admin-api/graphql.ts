import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  execute as run,
  getNamedType,
  parse,
  validate,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { holdsToken } from './auth';
import { rootOf, type Context } from './resolvers';
import type { Devstore } from '../process/state';

const folder = join(process.cwd(), 'test', 'devstore', 'admin-api', 'schema');
let loaded: { readonly schema: GraphQLSchema; readonly scopes: Readonly<Record<string, readonly string[]>> } | null =
  null;

/** Shopify's own schema of the pinned version, and which scopes each type asks for. */
export const adminSchema = () =>
  (loaded ??= {
    schema: buildSchema(readFileSync(join(folder, 'admin-2026-10.graphql'), 'utf8'), { assumeValidSDL: true }),
    scopes: JSON.parse(readFileSync(join(folder, 'admin-2026-10.scopes.json'), 'utf8')) as Record<string, string[]>,
  });

const isGranted = (granted: readonly string[], wanted: readonly string[]): boolean =>
  wanted.some((scope) => granted.includes(scope) || granted.includes(scope.replace(/^read_/, 'write_')));

// A field nobody answers is a loud error: null would look like an answer.
const fieldResolver: GraphQLFieldResolver<unknown, Context> = (source, args: object, context, info) => {
  const { parentType, fieldName, returnType } = info;
  const wanted =
    adminSchema().scopes[`${parentType.name}.${fieldName}`] ?? adminSchema().scopes[getNamedType(returnType).name];
  if (wanted !== undefined && wanted.length > 0 && !isGranted(context.store.app.scopes, wanted)) {
    throw Object.assign(new Error(`Access denied for ${fieldName} field. Required access: ${wanted.join(' or ')}.`), {
      extensions: { code: 'ACCESS_DENIED' },
    });
  }
  const holder = source as Record<string, unknown>;
  if (!(fieldName in holder)) throw new Error(`The devstore has no resolver for ${parentType.name}.${fieldName}.`);
  const value = holder[fieldName];
  return typeof value === 'function' ? (value as (args: object) => unknown)(args) : value;
};

/** Runs one operation; what Shopify's schema would refuse is refused. */
export const execute = async (
  store: Devstore,
  query: string,
  variables: Record<string, unknown>,
): Promise<ExecutionResult> => {
  const { schema } = adminSchema();
  const document = parse(query);
  const errors = validate(schema, document);
  if (errors.length > 0) return { errors };
  return run({
    schema,
    document,
    rootValue: rootOf({ store }),
    contextValue: { store },
    variableValues: variables,
    fieldResolver,
  });
};

const bucketSize = 20_000;
const restoreRate = 1_000;
const requestSchema = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish() });

const takeCost = (store: Devstore, cost: number): boolean => {
  const now = Date.now();
  const { available, at } = store.throttle;
  const refilled = Math.min(bucketSize, available + ((now - at) / 1000) * restoreRate);
  const enough = refilled >= cost;
  store.throttle = { available: enough ? refilled - cost : refilled, at: now };
  return enough;
};

const costs = (store: Devstore, cost: number) => ({
  cost: {
    requestedQueryCost: cost,
    actualQueryCost: cost,
    throttleStatus: {
      maximumAvailable: bucketSize,
      currentlyAvailable: Math.floor(store.throttle.available),
      restoreRate,
    },
  },
});

/** POST /admin/api/2026-10/graphql.json */
export const answerGraphql =
  (store: Devstore) =>
  async (request: Request, response: Response): Promise<void> => {
    const { faults } = store;
    if (faults.refuseToken > 0 && faults.refuseToken-- > 0)
      store.accessTokens.delete(request.get('x-shopify-access-token') ?? '');
    if (!holdsToken(store, request.get('x-shopify-access-token'))) {
      return void response
        .status(401)
        .json({ errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' });
    }
    if (faults.serverError > 0 && faults.serverError-- > 0) return void response.status(502).send('Bad gateway');
    const asked = requestSchema.safeParse(request.body);
    if (!asked.success) return void response.status(400).json({ errors: 'query is missing' });
    const { query, variables } = asked.data;
    const cost = /^\s*(#graphql\s*)?mutation/.test(query) ? 10 : 5;
    if ((faults.throttle > 0 && faults.throttle-- > 0) || !takeCost(store, cost)) {
      return void response.json({
        errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
        extensions: costs(store, cost),
      });
    }
    const answer = await execute(store, query, variables ?? {});
    if (faults.loseAnswer > 0 && faults.loseAnswer-- > 0) return void request.socket.destroy();
    for (const error of answer.errors ?? [])
      if (error.message.startsWith('The devstore')) process.stderr.write(`${error.message}\n`);
    response.json({ ...answer, extensions: costs(store, cost) });
  };
