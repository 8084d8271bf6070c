import { instant, type Instant } from './instant';

/** A day of a calendar, months counted from 1. */
export type LocalDate = { readonly year: number; readonly month: number; readonly day: number };

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
};

/** Whether the name is a time zone of the IANA database that this platform knows. */
export const isTimeZone = (zone: string): boolean => {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
};

// Clocks only change at whole quarters of an hour; asking Intl costs microseconds, and orders come by the thousand.
const offsets = new Map<string, Map<number, number>>();
const quarterMs = 900_000;
const rememberedMax = 20_000;

const rememberedOf = <Value>(zones: Map<string, Map<number, Value>>, zone: string): Map<number, Value> => {
  const known = zones.get(zone);
  if (known !== undefined && known.size < rememberedMax) return known;
  const fresh = new Map<number, Value>();
  zones.set(zone, fresh);
  return fresh;
};

// What a clock on the wall of that zone shows, written as if it were UTC.
const wallClock = (moment: Instant, zone: string): number => {
  const known = rememberedOf(offsets, zone);
  const quarter = Math.floor(moment / quarterMs);
  const offset = known.get(quarter);
  if (offset !== undefined) return moment + offset;
  const wall = askWallClock(moment, zone);
  known.set(quarter, wall - moment);
  return wall;
};

const askWallClock = (moment: Instant, zone: string): number => {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const seconds = Date.UTC(
    part.year ?? 0,
    (part.month ?? 1) - 1,
    part.day ?? 1,
    part.hour ?? 0,
    part.minute ?? 0,
    part.second ?? 0,
  );
  return seconds + (((moment % 1000) + 1000) % 1000);
};

// The first moment at which the wall shows that time; a time that the clocks skip means the moment after the gap.
const momentOf = (wall: number, zone: string): Instant => {
  const guesses = [wall - dayMs, wall + dayMs].map((around) => wall - (wallClock(instant(around), zone) - around));
  const exact = guesses.filter((guess) => wallClock(instant(guess), zone) === wall);
  return instant(exact.length > 0 ? Math.min(...exact) : Math.max(...guesses));
};

export const localDateOf = (moment: Instant, zone: string): LocalDate => {
  const wall = new Date(wallClock(moment, zone));
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() };
};

/** What the rules ask of a wall clock: the weekday (1 is Monday), the minute of the day, the day as yyyy-mm-dd. */
export type LocalClock = { readonly weekday: number; readonly minuteOfDay: number; readonly isoDate: string };

export const localClockOf = (moment: Instant, zone: string): LocalClock => {
  const wall = wallClock(moment, zone);
  const day = Math.floor(wall / dayMs);
  return {
    weekday: ((((day + 3) % 7) + 7) % 7) + 1, // 1 January 1970 was a Thursday
    minuteOfDay: Math.floor((wall - day * dayMs) / 60_000),
    isoDate: isoDayOf(day),
  };
};

/** The time that a clock shows, as "09:30". */
export const timeOf = ({ minuteOfDay }: Pick<LocalClock, 'minuteOfDay'>): string =>
  `${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;

// The days of a shop's orders are few, and writing one down costs more than the rules do.
const isoDays = new Map<number, string>();

const isoDayOf = (day: number): string => {
  const known = isoDays.get(day);
  if (known !== undefined) return known;
  if (isoDays.size >= rememberedMax) isoDays.clear();
  const made = new Date(day * dayMs).toISOString().slice(0, 10);
  isoDays.set(day, made);
  return made;
};

const dayStarts = new Map<string, Map<number, Instant>>();

/** The moment at which a local day begins. */
export const startOfDay = (date: LocalDate, zone: string): Instant => {
  const wall = Date.UTC(date.year, date.month - 1, date.day);
  const known = rememberedOf(dayStarts, zone);
  const start = known.get(wall) ?? momentOf(wall, zone);
  known.set(wall, start);
  return start;
};

/** The moment at which the wall shows a day and a time ("09:30"). */
export const localMoment = (date: LocalDate, time: string, zone: string): Instant =>
  momentOf(Date.UTC(date.year, date.month - 1, date.day, Number(time.slice(0, 2)), Number(time.slice(3))), zone);

export const addDays = (date: LocalDate, days: number): LocalDate => {
  const moved = new Date(Date.UTC(date.year, date.month - 1, date.day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
};

/** The same day some months later, else that month's last day. */
export const addMonths = (date: LocalDate, months: number): LocalDate => {
  const first = new Date(Date.UTC(date.year, date.month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return { year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, day: Math.min(date.day, last) };
};

/** The same time on the wall some days later. */
export const plusLocalDays = (moment: Instant, days: number, zone: string): Instant =>
  days === 0 ? moment : momentOf(wallClock(moment, zone) + days * dayMs, zone);

/** The moment at which the local day that lies some days after ends (which is when the next one begins). */
export const endOfLocalDayAfter = (moment: Instant, days: number, zone: string): Instant =>
  startOfDay(addDays(localDateOf(moment, zone), days + 1), zone);

/** A day that a form or a file wrote as yyyy-mm-dd. */
export const calendarDay = (isoDate: string): LocalDate => {
  const [year = 0, month = 0, day = 0] = isoDate.split('-').map(Number);
  return { year, month, day };
};

export const isoDateOf = ({ year, month, day }: LocalDate): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
