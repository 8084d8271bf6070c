/** How a file's letters are written. windows-1252 stands for latin1, too, which it holds. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A line of a file with its number, counted from 1. */
export type TextLine = { readonly line: number; readonly text: string };

const headBytes = 4096;
const [lineEnd, carriageReturn] = [0x0a, 0x0d];

/**
 * The lines of a file that comes in pieces; of a line longer than `longest` characters only so much is kept. UTF-16 is
 * known by its mark or its zeros. Else each line by itself is UTF-8, or, where it is none, windows-1252: so no file has
 * to be held to know it. `seen` is told the encoding once it is known, and again when it turns out to be another.
 */
export const textLines = async function* (
  chunks: AsyncIterable<Uint8Array>,
  longest: number,
  seen: (encoding: Encoding) => void,
): AsyncGenerator<TextLine> {
  const { head, all } = await withHead(chunks);
  const wide = wideEncoding(head);
  seen(wide ?? 'utf-8');
  const bytes = wide === null ? all : narrowed(all, wide);
  let line = 1;
  for await (const own of byteLines(bytes, onlyOldEnds(head, wide), 4 * longest)) {
    const { text, encoding } = decoded(own);
    if (encoding !== 'utf-8' && wide === null) seen(encoding);
    yield { line, text: (line === 1 ? text.replace(/^\uFEFF/, '') : text).replace(/\r$/, '') };
    line += 1;
  }
};

/** The first bytes of a file, and all of them. */
const withHead = async (
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly all: AsyncIterable<Uint8Array> }> => {
  const rest = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  for (let bytes = 0; bytes < headBytes;) {
    const next = await rest.next();
    if (next.done === true) break;
    first.push(next.value);
    bytes += next.value.byteLength;
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield* first;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  };
  return { head: Buffer.concat(first).subarray(0, headBytes), all: all() };
};

/** UTF-16 by its mark; without one by every other byte being zero, as it is with Latin letters. */
const wideEncoding = (head: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = (from: number): number => head.filter((byte, index) => index % 2 === from && byte === 0).length;
  const [even, odd, half] = [zeros(0), zeros(1), Math.floor(head.length / 2)];
  if (half < 4) return null;
  if (odd > 0.7 * half && even === 0) return 'utf-16le';
  return even > 0.7 * half && odd === 0 ? 'utf-16be' : null;
};

/** The same text in UTF-8. */
const narrowed = async function* (
  chunks: AsyncIterable<Uint8Array>,
  encoding: 'utf-16le' | 'utf-16be',
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
};

/** Old spreadsheets of the Mac end lines with a carriage return alone. */
const onlyOldEnds = (head: Uint8Array, wide: Encoding | null): boolean =>
  wide === null && head.includes(carriageReturn) && !head.includes(lineEnd);

const byteLines = async function* (
  chunks: AsyncIterable<Uint8Array>,
  oldEnds: boolean,
  longest: number,
): AsyncGenerator<Uint8Array> {
  const end = oldEnds ? carriageReturn : lineEnd;
  let parts: Uint8Array[] = [];
  let held = 0;
  const hold = (part: Uint8Array): void => {
    if (part.byteLength === 0 || held > longest) return;
    parts.push(part);
    held += part.byteLength;
  };
  const take = (): Uint8Array => {
    const [only] = parts;
    const line = parts.length === 1 && only !== undefined ? only : Buffer.concat(parts);
    parts = [];
    held = 0;
    return line;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(end); at >= 0; at = chunk.indexOf(end, from)) {
      hold(chunk.subarray(from, at));
      yield take();
      from = at + 1;
    }
    // A copy: whoever reads the file may fill the same memory again.
    hold(Uint8Array.from(chunk.subarray(from)));
  }
  if (held > 0) yield take();
};

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
// What windows-1252 has where latin1 has control characters, 0x80 to 0x9F. (Node's own decoder for it reads latin1, up
// to version 22.)
const western = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

const decoded = (bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } => {
  try {
    return { text: strict.decode(bytes), encoding: 'utf-8' };
  } catch {
    const text = Buffer.from(bytes).toString('latin1');
    return {
      text: text.replace(/[\u0080-\u009F]/g, (one) => western.charAt(one.charCodeAt(0) - 0x80)),
      encoding: 'windows-1252',
    };
  }
};
