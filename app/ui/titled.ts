import type { MetaFunction } from '@remix-run/react';
import { languages, translate, type MessageKey } from '~/i18n/catalog';

type Matches = readonly { readonly id: string; readonly data: unknown }[];

/** The title of a page's document: its own name in the reader's language, then the app's. */
export const titleOf = (
  matches: Matches,
  name: MessageKey | { readonly text: string },
): { readonly title: string }[] => {
  const root = matches.find(({ id }) => id === 'root')?.data as { readonly language?: string } | undefined;
  const language = languages.find((one) => one === root?.language) ?? 'en';
  return [{ title: `${typeof name === 'string' ? translate(language, name) : name.text} · Fidelio` }];
};

/** The `meta` of a page that always has the same name. */
export const titled =
  (key: MessageKey): MetaFunction =>
  ({ matches }) =>
    titleOf(matches, key);
