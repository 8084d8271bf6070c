/** How a pool stands: codes that can be given, that ended before, that were given, and given in the last 28 days. */
export type PoolStock = {
  readonly free: number;
  readonly ended: number;
  readonly given: number;
  readonly givenLately: number;
};

export const noStock: PoolStock = { free: 0, ended: 0, given: 0, givenLately: 0 };

/** Over so many days is counted how many codes are given. */
export const lateDays = 28;
const weekDays = 7;

/** Below so many codes the merchant is warned: what the reward says, or what a week takes if that is more. */
export const warningStock = ({ givenLately }: Pick<PoolStock, 'givenLately'>, warnAt: number): number =>
  Math.max(warnAt, Math.ceil((givenLately * weekDays) / lateDays));

export const isLow = (stock: PoolStock, warnAt: number): boolean => stock.free < warningStock(stock, warnAt);
