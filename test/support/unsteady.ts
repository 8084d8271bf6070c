import { refuse, type Result } from '~/core/values/result';
import type { PlatformFailure } from '~/platforms/platform';

/** The same numbers from 0 to 1 each time: by them it is decided what goes wrong. */
export const numbers = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
};

/** What goes wrong with a question to somebody else. */
export type Trouble = 'refused' | 'away' | 'lost' | 'died_before' | 'died_after';

const troubles: readonly Trouble[] = ['refused', 'away', 'lost', 'died_before', 'died_after'];

const failed = (reason: string): Result<never, PlatformFailure> => refuse({ kind: 'unavailable', reason });

/**
 * Asks somebody who is unsteady: refuses without having done anything, is away, does it and the answer is lost, or the
 * process of whoever asks dies before or after.
 */
export const unsteady =
  (random: () => number, share: number, among: readonly Trouble[] = troubles) =>
  async <Value, Failure>(
    work: () => Promise<Result<Value, Failure>>,
  ): Promise<Result<Value, Failure | PlatformFailure>> => {
    const trouble = random() < share ? among[Math.floor(random() * among.length)] : undefined;
    switch (trouble) {
      case 'refused':
        return refuse({ kind: 'refused', reasons: ['not today'] });
      case 'away':
        return failed('away');
      case 'died_before':
        throw new Error('died before it was asked');
      case 'lost':
        await work();
        return failed('the answer was lost');
      case 'died_after':
        await work();
        throw new Error('died before the answer was written down');
      case undefined:
        return work();
    }
  };
