import type { BonusRule } from '../earning/bonusSchema';
import type { Condition } from '../earning/conditions/all';
import { fold } from '../earning/conditions/condition';
import { addDays, calendarDay, isoDateOf, localClockOf, startOfDay } from '../values/zone';

const daysAhead = 366;
const daysInWeek = 7;

/** Rules that can hold for one order (or one line of it), on this day, within a year, for the first time. */
export type Meeting = { readonly day: string; readonly rules: readonly Read[]; readonly days: Days };

/** `join`: a meeting with one rule more; null: they cannot all hold within a year. */
export type Meetings = {
  readonly join: (meeting: Meeting, rule: BonusRule) => Meeting | null;
  readonly nobody: Meeting;
};

/**
 * Meetings from a day on. Rules are read once, and two of them compared once, however often they are asked about: a
 * program has up to 200, and the page that warns of them is painted on the server, too.
 */
export const openMeetings = (today: string): Meetings => {
  const read = new Map<BonusRule, Read>();
  const readOf = (rule: BonusRule): Read => {
    const known = read.get(rule) ?? readRule(rule);
    read.set(rule, known);
    return known;
  };
  const haveRoom = (a: Read, b: Read): boolean => {
    const known = a.room.get(b) ?? leaveRoom(a, b);
    a.room.set(b, known);
    return known;
  };
  const end = isoDateOf(addDays(calendarDay(today), daysAhead - 1));
  return {
    nobody: { day: today, rules: [], days: { from: today, to: end, weekdays: everyDay } },
    join: (meeting, rule) => {
      const joining = readOf(rule);
      const rules = [...meeting.rules, joining];
      if (!rules.every((other) => haveRoom(other, joining))) return null;
      const days = joining.days.reduce(daysOfBoth, meeting.days);
      const day = firstOf(days);
      return day === null ? null : { day, rules, days };
    },
  };
};

/** Days from one to another, and of these some weekdays: the bit 1 is Monday's, 2 Tuesday's, 4 Wednesday's. */
type Days = { readonly from: string; readonly to: string; readonly weekdays: number };

/** What a rule asks, ready to be compared. */
type Read = {
  readonly asks: readonly Asked[];
  readonly days: readonly Days[];
  /** Other rules, and whether there is room for both. */
  readonly room: Map<Read, boolean>;
};

/** One of the values has to be there; or the time has to lie between two minutes of the day. */
type Asked =
  | { readonly kind: Condition['kind']; readonly values: ReadonlySet<string | number> }
  | { readonly kind: 'hours'; readonly start: number; readonly length: number };

const everyDay = 0b111_1111;
const bitOf = (weekday: number): number => 1 << (weekday - 1);
const [always, never] = ['0000-01-01', '9999-12-31'];

const readRule = ({ conditions }: BonusRule): Read => ({
  asks: conditions.flatMap((one) => askedBy(one) ?? []),
  days: conditions.flatMap((one) => daysOf(one) ?? []),
  room: new Map(),
});

const daysOf = (condition: Condition): Days | null => {
  if (condition.kind === 'dates') return { from: condition.from, to: condition.to, weekdays: everyDay };
  if (condition.kind !== 'weekday') return null;
  return { from: always, to: never, weekdays: condition.days.reduce((bits, day) => bits | bitOf(day), 0) };
};

const daysOfBoth = (a: Days, b: Days): Days => ({
  from: a.from > b.from ? a.from : b.from,
  to: a.to < b.to ? a.to : b.to,
  weekdays: a.weekdays & b.weekdays,
});

// What a customer or a product can have several of (segments, tags, collections) always leaves room.
const askedBy = (condition: Condition): Asked | null => {
  const { kind } = condition;
  const of = (values: readonly (string | number)[]): Asked => ({ kind, values: new Set(values) });
  switch (condition.kind) {
    case 'tier':
      return of(condition.tierIds);
    case 'order_number':
      return of(condition.numbers);
    case 'channel':
      return of(condition.channels.map(fold));
    case 'store':
      return of(condition.storeIds);
    case 'product':
      return of(condition.productIds);
    case 'product_type':
      return of(condition.types.map(fold));
    case 'vendor':
      return of(condition.vendors.map(fold));
    case 'hours': {
      const start = minuteOf(condition.from);
      return { kind: 'hours', start, length: (minuteOf(condition.to) - start + minutesInDay) % minutesInDay };
    }
    default:
      return null;
  }
};

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const minutesInDay = 1440;

// Whether an order, or a line, can meet everything that two rules ask; of one and itself, whether it can hold at all.
const leaveRoom = (a: Read, b: Read): boolean =>
  a.asks.every((one, index) => (a === b ? a.asks.slice(index + 1) : b.asks).every((other) => shareOne(one, other)));

const shareOne = (a: Asked, b: Asked): boolean => {
  if (a.kind !== b.kind) return true;
  if ('values' in a && 'values' in b) {
    const [few, many] = a.values.size < b.values.size ? [a.values, b.values] : [b.values, a.values];
    for (const value of few) if (many.has(value)) return true;
    return false;
  }
  return 'start' in a && 'start' in b ? isWithin(a.start, b) || isWithin(b.start, a) : true;
};

type Hours = { readonly start: number; readonly length: number };

const isWithin = (minute: number, { start, length }: Hours): boolean =>
  (minute - start + minutesInDay) % minutesInDay < length;

// Every weekday comes within a week.
const firstOf = ({ from, to, weekdays }: Days): string | null => {
  for (let ahead = 0; ahead < daysInWeek; ahead += 1) {
    const isoDate = isoDateOf(addDays(calendarDay(from), ahead));
    if (isoDate > to) return null;
    if ((weekdays & bitOf(weekdayOf(isoDate))) !== 0) return isoDate;
  }
  return null;
};

const weekdayOf = (isoDate: string): number => localClockOf(startOfDay(calendarDay(isoDate), 'UTC'), 'UTC').weekday;
