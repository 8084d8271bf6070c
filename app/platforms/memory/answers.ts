import type { PlatformId } from '~/core/values/ids';
import { ok, refuse, type Result } from '~/core/values/result';
import type { Platform, PlatformFailure } from '../platform';
import type { MemoryShop } from './shop';

/** What the shop is, without being its own platform. */
export type Shop = Omit<MemoryShop, keyof Platform>;

/** How this shop answers: by its moment, or with the failure it was told to have. */
export type Answers = {
  readonly answer: <Value, Refusal>(
    work: () => Result<Value, Refusal>,
  ) => Promise<Result<Value, Refusal | PlatformFailure>>;
  readonly tell: <Value>(value: () => Value) => Promise<Result<Value, PlatformFailure>>;
  readonly ofCustomer: (customerId: PlatformId, work: () => void) => Promise<Result<null, PlatformFailure>>;
};

/** Answers with what the shop knows, or fails as it was told to. */
export const answersOf = (shop: Shop): Answers => {
  const answer: Answers['answer'] = async (work) => {
    await Promise.resolve();
    if (shop.failure === null) return work();
    if (shop.failure.kind !== 'lost') return refuse(shop.failure);
    work();
    return refuse({ kind: 'unavailable', reason: 'the answer was lost' });
  };
  return {
    answer,
    tell: <Value>(value: () => Value) => answer(() => ok(value()) as Result<Value, PlatformFailure>),
    ofCustomer: (customerId, work) =>
      answer((): Result<null, PlatformFailure> => {
        if (shop.customerOf(customerId) === null) return refused('The customer does not exist.');
        work();
        return ok(null);
      }),
  };
};

/** The shop says no. */
export const refused = (reason: string): Result<never, PlatformFailure> =>
  refuse({ kind: 'refused', reasons: [reason] });
