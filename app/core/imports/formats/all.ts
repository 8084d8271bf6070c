import type { ImportFormat, LineReader } from '../line';
import { fidelio } from './fidelio';
import { smile } from './smile';

/** The formats that can be read; of two that fit, the first is meant. */
const formats: readonly ImportFormat[] = [fidelio, smile];

/** The format of a file by its header, and the reader of its lines; null when it is none of ours. */
export const recognise = (header: readonly string[]): { readonly format: string; readonly read: LineReader } | null => {
  for (const { id, readerOf } of formats) {
    const read = readerOf(header);
    if (read !== null) return { format: id, read };
  }
  return null;
};
