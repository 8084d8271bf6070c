import type { MetaFunction } from '@remix-run/react';
import { languages, translate, type Language, type MessageKey } from '~/i18n/catalog';

export type Matches = readonly { readonly id: string; readonly data: unknown }[];

/** In which language the page is read. */
export const languageIn = (matches: Matches): Language => {
  const root = matches.find(({ id }) => id === 'root')?.data as { readonly language?: string } | undefined;
  return languages.find((one) => one === root?.language) ?? 'en';
};

/** The title of a page's document: its own name in the reader's language, then the app's. */
export const titleOf = (
  matches: Matches,
  name: MessageKey | { readonly text: string },
): { readonly title: string }[] => {
  const text = typeof name === 'string' ? translate(languageIn(matches), name) : name.text;
  return [{ title: `${text} · Fidelio` }];
};

/** The `meta` of a page that always has the same name. */
export const titled =
  (key: MessageKey): MetaFunction =>
  ({ matches }) =>
    titleOf(matches, key);
