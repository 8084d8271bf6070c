import type { MemberSummary, ProgramSummary } from './answers';
import type { Host } from './host';
import { dayIn, moneyIn, numberIn, pointsIn, say, textIn } from './words';

type Step = Pick<NonNullable<NonNullable<MemberSummary['tier']>['next']>, 'id' | 'missing' | 'unit' | 'by'>;

/** The name of a tier; null: there is none. */
export const tierName = (host: Host, { tiers }: ProgramSummary, id: string | null): string | null => {
  const level = tiers?.levels.find((one) => one.id === id);
  return level === undefined ? null : textIn(host, level.name);
};

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

const missingIn = (host: Host, program: ProgramSummary, { missing, unit }: Step): string => {
  if (unit === 'points') return pointsIn(host, program, missing);
  if (unit === 'orders') return say(host, 'standing.orders', { count: missing, number: numberIn(host, missing) });
  const currency = program.tiers?.currency ?? program.currency;
  return moneyIn(host, { currency, minor_per_unit: 10 ** digitsOf(currency) }, missing);
};

/** The present day where whoever looks is (yyyy-mm-dd): past its day a step is out of date and is not shown. */
export const today = (): string => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
};

/** What makes the member's tier last, or which comes next, in words; null: there is nothing to say. */
export const tierLine = (
  host: Host,
  program: ProgramSummary,
  { tier }: MemberSummary,
  now: string,
): { readonly text: string; readonly donePercent: number | null } | null => {
  const isOpen = (step: Step | null | undefined): step is Step => step != null && (step.by === null || step.by >= now);
  const line = (step: Step, key: string): string => {
    const amount = missingIn(host, program, step);
    const name = tierName(host, program, step.id) ?? '';
    const values = { amount, tier: name };
    return step.by === null
      ? say(host, `standing.${key}`, values)
      : say(host, `standing.${key}_by`, { ...values, date: dayIn(host, step.by) });
  };
  if (isOpen(tier?.next)) return { text: line(tier.next, 'next'), donePercent: tier.next.done_percent };
  return isOpen(tier?.keep) ? { text: line(tier.keep, 'keep'), donePercent: null } : null;
};
