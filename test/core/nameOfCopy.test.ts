import { expect, test } from 'vitest';
import { localizedText, nameOfCopy, perTongue } from '~/core/values/text';

test('a copy says that it is one, in every language, and still is a name', () => {
  const name = { ...perTongue(() => 'x'.repeat(60)), it: 'Fine settimana' };
  const copy = nameOfCopy(name);
  expect(copy.it).toBe('Fine settimana (copia)');
  expect(copy.de).toBe(`${'x'.repeat(52)} (Kopie)`);
  expect(localizedText.safeParse(copy).success).toBe(true);
  expect(nameOfCopy(copy)).toEqual(copy);
});
