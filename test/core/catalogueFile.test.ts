import { describe, expect, test } from 'vitest';
import { itemsMax, linkFor, readCatalogueFile } from '~/features/partners/core/catalogueFile';

const read = (text: string, currency = 'EUR') => readCatalogueFile(text, currency);
const problemsIn = (text: string) => {
  const answer = read(text);
  return answer.ok || answer.error.kind !== 'lines' ? answer : answer.error.problems.map(({ kind }) => kind);
};
const item = (itemId: string, name: string, amountMinor: number, link: string | null = null) => ({
  ...{ itemId, name, link },
  cost: { amountMinor, currency: 'EUR' },
});

describe('a catalogue that is uploaded', () => {
  test('is read with commas, semicolons or tabs, prices as people write them', () => {
    const link = 'https://cinema.example/use?code={code}';
    expect(read(`\uFEFFid,name,cost,link\r\na,"Cinema, two seats",7.50,${link}\r\n\r\nb,B,30\n`)).toEqual({
      ok: true,
      value: [item('a', 'Cinema, two seats', 750, link), item('b', 'B', 3000)],
    });
    expect(read('articolo;nome;costo\na;A, e B;7,50;\nb;B;1;https://b.example/;x')).toMatchObject({
      ok: false,
      error: { problems: [{ line: 3, kind: 'too_much' }] },
    });
    expect(read('a;A, e B;7,50\nb\tB\t9,9')).toEqual({
      ok: true,
      value: [item('a', 'A, e B', 750), item('b', 'B', 990)],
    });
  });
  test('with a line that is wrong is refused, and says what is wrong with it', () => {
    expect(
      problemsIn('a b,A,1\na,,1\na,A,0\na,A,-1\na,A,1.234\na,A,1,ftp://a.example\na,A,1,x\na,A,1,,x\na,A,1\na,B,2\n'),
    ).toEqual([...['id', 'name', 'cost', 'cost', 'cost', 'link', 'link', 'too_much', 'twice']]);
    expect(read('a,A,7.50', 'JPY').ok).toBe(false);
    expect(read('id,name,cost\n')).toEqual({ ok: false, error: { kind: 'empty' } });
    const many = Array.from({ length: itemsMax + 1 }, (_, n) => `i${n},Item,1`);
    expect(read(many.join('\n'))).toEqual({ ok: false, error: { kind: 'too_many', most: itemsMax } });
    expect(read(many.slice(1).join('\n'))).toMatchObject({ ok: true, value: { length: itemsMax } });
  });
  test('a quotation mark that a cell begins with has its end; one of inches in a name needs none', () => {
    expect(problemsIn('a,"A,1\nb,"B" and C,1\n')).toEqual(['quote', 'quote']);
    expect(read('a,Picture 8" wide,1\nb,"Picture 9"" wide",1')).toEqual({
      ok: true,
      value: [item('a', 'Picture 8" wide', 100), item('b', 'Picture 9" wide', 100)],
    });
  });
  test('a code stands in its address as it must there', () => {
    expect(linkFor('https://a.example/{code}?c={code}', 'A&B 1')).toBe('https://a.example/A%26B%201?c=A%26B%201');
  });
});
