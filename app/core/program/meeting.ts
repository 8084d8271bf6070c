import type { BonusRule } from '../earning/bonusSchema';
import type { Condition } from '../earning/conditions/all';
import { fold } from '../earning/conditions/condition';
import { addDays, calendarDay, isoDateOf, localClockOf, startOfDay } from '../values/zone';

type Days = { readonly from: string; readonly to: string };

const daysAhead = 366;

const isOn = (conditions: readonly Condition[], isoDate: string): boolean =>
  conditions.every((condition) => {
    if (condition.kind === 'dates') return condition.from <= isoDate && isoDate <= condition.to;
    return condition.kind === 'weekday'
      ? condition.days.includes(localClockOf(startOfDay(calendarDay(isoDate), 'UTC'), 'UTC').weekday)
      : true;
  });

const sharesOne = (a: readonly unknown[], b: readonly unknown[]): boolean => a.some((one) => b.includes(one));

// Whether two conditions of one kind leave room for an order, or a line, that meets both. What a customer or a product
// can have several of (segments, tags, collections) always does.
const leaveRoom = (a: Condition, b: Condition): boolean => {
  if (a.kind === 'tier' && b.kind === 'tier') return sharesOne(a.tierIds, b.tierIds);
  if (a.kind === 'order_number' && b.kind === 'order_number') return sharesOne(a.numbers, b.numbers);
  if (a.kind === 'channel' && b.kind === 'channel') return sharesOne(a.channels.map(fold), b.channels.map(fold));
  if (a.kind === 'store' && b.kind === 'store') return sharesOne(a.storeIds, b.storeIds);
  if (a.kind === 'product' && b.kind === 'product') return sharesOne(a.productIds, b.productIds);
  if (a.kind === 'product_type' && b.kind === 'product_type') return sharesOne(a.types.map(fold), b.types.map(fold));
  if (a.kind === 'vendor' && b.kind === 'vendor') return sharesOne(a.vendors.map(fold), b.vendors.map(fold));
  return a.kind === 'hours' && b.kind === 'hours' ? sharesOne(minutesOf(a), minutesOf(b)) : true;
};

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const minutesInDay = 1440;

const minutesOf = ({ from, to }: Days): readonly number[] => {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  const length = (end - start + minutesInDay) % minutesInDay;
  return Array.from({ length }, (_, index) => (start + index) % minutesInDay);
};

/**
 * The first day from a day on, within a year, on which all of some rules can hold for one order (or one line of it);
 * null: there is none.
 */
export const meetingDay = (rules: readonly BonusRule[], today: string): string | null => {
  const conditions = rules.flatMap((rule) => rule.conditions);
  const room = conditions.every((a, index) => conditions.slice(index + 1).every((b) => leaveRoom(a, b)));
  if (!room) return null;
  for (let ahead = 0; ahead < daysAhead; ahead += 1) {
    const isoDate = isoDateOf(addDays(calendarDay(today), ahead));
    if (isOn(conditions, isoDate)) return isoDate;
  }
  return null;
};
