import type { NextFunction, Request, Response } from 'express';
import { newToken, type Customer, type Devstore } from '../process/state';

/** Who looks at the shop. */
export type Visitor = {
  readonly id: string;
  readonly session: { customerId: number | null; cartToken: string; locale: string };
};

/** The visitor of a request, by a cookie; a new one without it. */
export const visitorOf = (store: Devstore, request: Request, response: Response): Visitor => {
  const cookie = /(?:^|;\s*)_devstore=([0-9a-f]+)/.exec(request.get('cookie') ?? '')?.[1];
  const known = cookie === undefined ? undefined : store.sessions.get(cookie);
  if (cookie !== undefined && known !== undefined) return { id: cookie, session: known };
  const id = newToken();
  const session = { customerId: null, cartToken: newToken(), locale: 'it' };
  store.sessions.set(id, session);
  response.cookie('_devstore', id, { httpOnly: true, sameSite: 'lax' });
  return { id, session };
};

/** The customer who is signed in; null: nobody. */
export const customerOf = (store: Devstore, visitor: Visitor): Customer | null =>
  visitor.session.customerId === null ? null : (store.customers.get(visitor.session.customerId) ?? null);

/** What answers a visitor. */
export type Handler = (request: Request, response: Response, visitor: Visitor) => Promise<void> | void;

/** A handler of the shop's pages, which is told who looks at them. */
export type With = (handler: Handler) => (request: Request, response: Response, next: NextFunction) => void;
/** Answers with a page of the theme. */
export type Show = (
  request: Request,
  response: Response,
  visitor: Visitor,
  template: string,
  page?: Record<string, unknown>,
) => Promise<void>;
