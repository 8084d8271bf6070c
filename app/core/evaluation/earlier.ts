import type { Caps } from '../earning/bonusSchema';
import type { UsedCaps } from '../earning/context';
import { instant, type Instant } from '../values/instant';
import { insertSorted, takeUpTo } from '../values/sorted';
import { localClockOf } from '../values/zone';
import type { OrderFacts } from './facts';

/** When an order was placed, what it takes of the caps of its day and month, and from when on nothing (null: never). */
type Room = readonly [Instant, number, Instant | null];

/** What earlier orders come to as it is kept: of those that are older than a calendar month only the sums. */
export type KeptEarlier = {
  /** How many are counted. */
  readonly numbered: number;
  /** When one of them is cancelled after that moment. */
  readonly cancelled: readonly Instant[];
  /** What all of them take of the cap for ever. */
  readonly lifetime: number;
  /** What is given back of it after that moment. */
  readonly freed: readonly (readonly [Instant, number])[];
  readonly rooms: readonly Room[];
};

/** What a member's earlier orders come to while time goes on: never back. */
export type EarlierOrders = {
  /** Adds an order; the one that was placed first is added first. */
  readonly add: (order: OrderFacts) => void;
  /** The number of an order placed at a moment: 1 where none counts before it. */
  readonly numberAt: (moment: Instant) => number;
  /** What they used of the caps that there are, for an order placed at a moment in a store of that zone. */
  readonly usedAt: (moment: Instant, zone: string, caps: Caps) => UsedCaps;
  /** What they come to for orders that were placed after a moment. */
  readonly keep: (until: Instant) => KeptEarlier;
};

// No two moments of one calendar month are further apart.
const monthMs = 32 * 86_400_000;
const nowhere: Room = [instant(-8.64e15), 0, null];
const nothing: KeptEarlier = { numbered: 0, cancelled: [], lifetime: 0, freed: [], rooms: [] };

/** Starts with no order, or with what was kept of them. */
export const startEarlier = (kept: KeptEarlier = nothing): EarlierOrders => {
  let { numbered, lifetime } = kept;
  const cancelled = [...kept.cancelled];
  const freed = [...kept.freed];
  const rooms = [...kept.rooms]; // by instant
  const goOnTo = (moment: Instant): void => {
    numbered -= takeUpTo(cancelled, moment, (at) => at).length;
    for (const [, room] of takeUpTo(freed, moment, ([at]) => at)) lifetime -= room;
  };

  return {
    add: ({ instant: placed, numbered: isNumbered, cancelledAt, room, freedAt }) => {
      if (isNumbered) {
        numbered += 1;
        if (cancelledAt !== null) insertSorted(cancelled, cancelledAt, (at) => at);
      }
      if (room === 0) return;
      lifetime += room;
      if (freedAt !== null) insertSorted(freed, [freedAt, room] as const, ([at]) => at);
      rooms.push([placed, room, freedAt]);
    },
    numberAt: (moment) => {
      goOnTo(moment);
      return numbered + 1;
    },
    usedAt: (moment, zone, caps) => {
      goOnTo(moment);
      return {
        ...(caps.perDay === null && caps.perMonth === null ? {} : lately(rooms, moment, zone, caps)),
        ...(caps.lifetime === null ? {} : { lifetime }),
      };
    },
    keep: (until) => {
      goOnTo(until);
      const stays = ([placed, , freedAt]: Room): boolean =>
        until - placed <= monthMs && (freedAt === null || freedAt > until);
      return { numbered, cancelled: [...cancelled], lifetime, freed: [...freed], rooms: rooms.filter(stays) };
    },
  };
};

// What is taken of the caps of the local day and month of a moment.
const lately = (rooms: readonly Room[], moment: Instant, zone: string, caps: Caps): UsedCaps => {
  const today = localClockOf(moment, zone).isoDate;
  const month = today.slice(0, 7);
  const used = { day: 0, month: 0 };
  for (let index = rooms.length - 1; index >= 0; index -= 1) {
    const [placed, room, freedAt] = rooms[index] ?? nowhere;
    if (moment - placed > monthMs) break;
    if (freedAt !== null && freedAt <= moment) continue;
    const its = localClockOf(placed, zone).isoDate;
    if (its.startsWith(month)) used.month += room;
    if (its === today) used.day += room;
  }
  return {
    ...(caps.perDay === null ? {} : { day: used.day }),
    ...(caps.perMonth === null ? {} : { month: used.month }),
  };
};
