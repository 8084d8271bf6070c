import { ChoiceList } from '@shopify/polaris';
import { useWriting } from '../../../language';
import type { ConditionEditor } from './editor';

const days = [1, 2, 3, 4, 5, 6, 7] as const;
const monday = Date.parse('2026-06-01T12:00:00Z');
const dayMs = 86_400_000;

export const Weekday: ConditionEditor<'weekday'> = ({ label, condition, change, errorAt }) => {
  const { language } = useWriting();
  const nameOf = (day: number): string =>
    new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(monday + (day - 1) * dayMs);
  return (
    <ChoiceList
      allowMultiple
      title={label}
      choices={days.map((day) => ({ value: String(day), label: nameOf(day) }))}
      selected={condition.days.map(String)}
      onChange={(chosen) => change({ ...condition, days: chosen.map(Number).sort((a, b) => a - b) })}
      error={errorAt('days') ?? ''}
    />
  );
};
