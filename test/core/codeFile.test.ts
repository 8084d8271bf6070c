import { describe, expect, test } from 'vitest';
import { codesMax, readCodeFile, readItemCodeFile } from '~/core/rewards/codeFile';
import { isLow, warningStock } from '~/core/rewards/stock';

const today = '2026-06-10';
const problemsIn = (text: string) => {
  const read = readCodeFile(text, today);
  return read.ok || read.error.kind !== 'lines' ? read : read.error.problems;
};

describe('a file of codes', () => {
  test('has a code a line and, where it ends, a last day; headings, empty lines and quotes are read over', () => {
    const text = '\uFEFFCode,Until\r\nA-1\r\n\r\n"B,2";2026-12-31\nC 3\t2026-06-10\n"D""4", \nA-1b,\n';
    expect(readCodeFile(text, today)).toEqual({
      ok: true,
      value: [
        { line: 2, code: 'A-1', lastDay: null },
        { line: 4, code: 'B,2', lastDay: '2026-12-31' },
        { line: 5, code: 'C 3', lastDay: '2026-06-10' },
        { line: 6, code: 'D"4', lastDay: null },
        { line: 7, code: 'A-1b', lastDay: null },
      ],
    });
  });
  test('with a line that is wrong is refused as a whole, and each such line is named', () => {
    const long = 'x'.repeat(256);
    expect(
      problemsIn(`ok\n${long}\n,2027-01-01\nB,31.12.2027\nC,2026-02-30\nD,2026-06-09\nE,2027-01-01,5\nok\n`),
    ).toEqual([
      { line: 2, kind: 'too_long' },
      { line: 3, kind: 'no_code' },
      { line: 4, kind: 'no_day' },
      { line: 5, kind: 'no_day' },
      { line: 6, kind: 'day_over' },
      { line: 7, kind: 'too_much' },
      { line: 8, kind: 'twice' },
    ]);
    expect(readCodeFile(`${'a\n'.repeat(31)}`, today)).toMatchObject({ ok: false, error: { count: 30 } });
  });
  test('in another encoding, or with signs that nobody sees, is refused: nobody could type such a code', () => {
    const twoBytes = new TextDecoder().decode(Buffer.from('\uFEFFcodice\r\nU1\r\n', 'utf16le'));
    for (const text of [twoBytes.replaceAll('\0', ''), 'GESCH\uFFFDFT', 'Z\u200B1', 'X\u00011', 'R\u202EL'])
      expect([text, problemsIn(text)]).toEqual([text, [{ line: 1, kind: 'unreadable' }]]);
  });
  test('with a quotation mark that is not opened or closed properly is refused: it is part of no code', () => {
    expect(problemsIn('"A\nB"\n"C"x\nD"E,2027-01-01\n"F,2027-01-01\n"G"\n"H,1";2027-01-01\n')).toEqual(
      [1, 2, 3, 4, 5].map((line) => ({ line, kind: 'quote' })),
    );
  });
  test('codes are as they are written: capitals and signs tell them apart', () => {
    expect(readCodeFile('abc\nABC\na-bc', today)).toMatchObject({ ok: true, value: { length: 3 } });
  });
  test('with items says of each code for which it is; the same code may be good for two', () => {
    const items = new Set(['cinema', 'spa']);
    expect(readItemCodeFile('item;code;until\ncinema;A;2026-12-31\nspa;A\n', today, items)).toEqual({
      ok: true,
      value: [
        { line: 2, itemId: 'cinema', code: 'A', lastDay: '2026-12-31' },
        { line: 3, itemId: 'spa', code: 'A', lastDay: null },
      ],
    });
    const read = readItemCodeFile('cinema,A\ncinema,A\nzoo,B\nspa\n', today, items);
    expect(read).toMatchObject({
      ok: false,
      error: {
        problems: [
          { line: 2, kind: 'twice' },
          { line: 3, kind: 'no_item' },
          { line: 4, kind: 'no_code' },
        ],
      },
    });
  });
  test('is empty, or too large', () => {
    expect(readCodeFile('code\n\n', today)).toEqual({ ok: false, error: { kind: 'empty' } });
    const many = Array.from({ length: codesMax + 1 }, (_, n) => `C${n}`);
    expect(readCodeFile(many.slice(1).join('\n'), today)).toMatchObject({ ok: true, value: { length: codesMax } });
    expect(readCodeFile(many.join('\n'), today)).toEqual({ ok: false, error: { kind: 'too_many', most: codesMax } });
  });
});

test('one is warned below what the reward says, or what a week takes if that is more', () => {
  const stock = { free: 20, ended: 5, given: 900, givenLately: 0 };
  expect([isLow(stock, 20), isLow(stock, 21)]).toEqual([false, true]);
  // 84 in 28 days are 3 a day: 21 a week.
  expect(warningStock({ givenLately: 84 }, 20)).toBe(21);
  expect(isLow({ ...stock, givenLately: 84 }, 20)).toBe(true);
  expect(warningStock({ givenLately: 81 }, 0)).toBe(21);
});
