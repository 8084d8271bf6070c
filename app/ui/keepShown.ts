import type { ClientLoaderFunctionArgs } from '@remix-run/react';
import { useEffect } from 'react';

const shown = new Map<string, unknown>();

/** What a page shows is known as long as it is there, so that `keepShown` can answer it. */
export const useShown = <Data>(name: string, data: Data): Data => {
  useEffect(() => {
    shown.set(name, data);
    return () => void shown.delete(name);
  }, [name, data]);
  return data;
};

/**
 * The `clientLoader` of what stands around pages: after a write all of it is read again, and where that gets no answer,
 * what stands there stays as it was, with all that was typed in it. An answer that says no goes on as it is, and so
 * does a page that is not there yet.
 */
export const keepShown =
  (name: string) =>
  async ({ serverLoader }: Pick<ClientLoaderFunctionArgs, 'serverLoader'>): Promise<unknown> => {
    try {
      return await serverLoader();
    } catch (thrown) {
      if (thrown instanceof Response || !shown.has(name)) throw thrown;
      return shown.get(name);
    }
  };
