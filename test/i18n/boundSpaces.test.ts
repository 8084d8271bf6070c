import { expect, test } from 'vitest';
import { translate } from '~/i18n/catalog';
import { boundSpaces } from '~/i18n/boundSpaces';

test.each([
  ['fr', 'Publiée : 5 % ; non ? Si !', 'Publiée_: 5_%_; non_? Si_!'],
  ['de', 'bisher 30 %: so viel', 'bisher 30_%: so viel'],
  ['es', 'El 30 % de los pedidos', 'El 30_% de los pedidos'],
  ['it', 'Il 30% : così', 'Il 30% : così'],
] as const)('%s: %s', (language, written, bound) => {
  expect(boundSpaces(language, written)).toBe(bound.replaceAll('_', '\u00a0'));
});

test('what is filled in is bound, too', () => {
  expect(translate('fr', 'simulation.against', { value: '5 €' })).toBe('Publiée\u00a0: 5 €');
});
