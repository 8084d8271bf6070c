import { expect, test } from 'vitest';
import { translate } from '~/i18n/catalog';
import { elided } from '~/i18n/elided';

test.each([
  ['dal 8 dicembre 2026 al 11 dicembre 2026', 'dall’8 dicembre 2026 all’11 dicembre 2026'],
  ['dal 1º dicembre 2026 al 10 dicembre 2026', 'dal 1º dicembre 2026 al 10 dicembre 2026'],
  ['Il 8% di ogni ordine', 'L’8% di ogni ordine'],
  ['oltre il tuo margine del 80%, il 11,5%', 'oltre il tuo margine dell’80%, l’11,5%'],
  ['«il 8%»', '«l’8%»'],
  ['Il 0% di ogni ordine, dal 0,5% al 0%', 'Lo 0% di ogni ordine, dallo 0,5% allo 0%'],
  ['il 110%, del 18%, il 1.100', 'il 110%, del 18%, il 1.100'],
])('%s', (written, right) => {
  expect(elided(written, [])).toBe(right);
});

test('the article of a message fits the number that it is filled with', () => {
  const days = { from: '8 dicembre 2026', to: '11 dicembre 2026' };
  expect(translate('it', 'sentence.on_dates', days)).toBe('dall’8 dicembre 2026 all’11 dicembre 2026');
  expect(translate('en', 'sentence.on_dates', { from: '8 December', to: '11 December' })).toContain('8 December');
});

test('what people wrote stays as they wrote it', () => {
  expect(translate('it', 'program.deleted', { name: 'Sconto del 8%' })).toContain('Sconto del 8%');
});
