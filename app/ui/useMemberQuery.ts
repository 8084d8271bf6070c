import { useSearchParams } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';

const pauseMs = 300;

/** What an address of the list of members may hold, but for the page. */
export type MemberQuery = Readonly<Partial<Record<'q' | 'view' | 'tier' | 'segment' | 'min' | 'max' | 'sort', string>>>;

const names = ['q', 'view', 'tier', 'segment', 'min', 'max', 'sort'] as const;

/** What an address says of the list, without what Shopify put there when it opened the page. */
export const listIn = (search: string): string => {
  const all = new URLSearchParams(search);
  return new URLSearchParams(
    [...names, 'after'].flatMap((name) => all.getAll(name).map((value) => [name, value])),
  ).toString();
};

const changed = (before: URLSearchParams, query: MemberQuery): URLSearchParams => {
  const after = new URLSearchParams(before);
  after.delete('after');
  for (const name of names) {
    const value = query[name];
    if (value === '') after.delete(name);
    else if (value !== undefined) after.set(name, value);
  }
  return after;
};

/** The filters of the list as they stand in the address; what is changed begins on the first page again. */
export const useMemberQuery = () => {
  const [parameters, setParameters] = useSearchParams();
  return {
    valueOf: (name: (typeof names)[number]): string => parameters.get(name) ?? '',
    /** An empty value takes the filter away. */
    change: (query: MemberQuery) => setParameters((before) => changed(before, query), { replace: true }),
    goTo: (cursor: string) =>
      setParameters((before) => {
        const after = new URLSearchParams(before);
        after.set('after', cursor);
        return after;
      }),
    isFirstPage: !parameters.has('after'),
  };
};

/**
 * A text that is typed and goes out after a pause; `read` says what it comes to, null while it makes no sense. It gives
 * way when the value outside becomes another one (a cleared filter, a step back), but not to what it became itself.
 * `atEnd`: where the field may be gone before the pause is over (a menu that closes), it goes out then.
 */
export const useTyped = (
  outside: string,
  read: (text: string) => string | null,
  send: (value: string) => void,
  atEnd = false,
) => {
  const [text, setText] = useState(outside);
  const [seen, setSeen] = useState({ outside, sent: outside });
  if (seen.outside !== outside) {
    setSeen({ outside, sent: outside });
    if (outside !== seen.sent) setText(outside);
  }
  const value = read(text.trim());
  const isOut = value === null || value === outside || value === seen.sent;
  // Made anew by every render, which must not start the pause again.
  const newest = useRef({ send, waits: isOut ? null : value });
  useEffect(() => {
    newest.current = { send, waits: isOut ? null : value };
  });
  useEffect(() => {
    if (!atEnd) return;
    return () => {
      const { waits, send: sendNow } = newest.current;
      if (waits !== null) sendNow(waits);
    };
  }, [atEnd]);
  useEffect(() => {
    if (isOut) return;
    const timer = setTimeout(() => {
      setSeen((before) => ({ ...before, sent: value }));
      newest.current.send(value);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [value, isOut]);
  return [text, setText] as const;
};
