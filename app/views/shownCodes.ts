import type { GrantKind } from '~/core/rewards/grants';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Deps } from '~/usecases/deps';
import type { ShownCode } from '~/usecases/giver';
import { giftCardCodes } from './giftCardCodes';

/** A redemption by what it turned into. */
export type Redeemed = { readonly id: RedemptionId; readonly grant: GrantKind };

/**
 * The codes that their member may read again, by the redemption: those that wings gave, with the addresses at which
 * they are used, and of gift cards. Nothing is looked up for what has none.
 */
export const shownCodes = async (
  deps: Pick<Deps, 'database' | 'secrets' | 'givers'>,
  programId: ProgramId,
  redeemed: readonly Redeemed[],
): Promise<ReadonlyMap<string, ShownCode>> => {
  const of = (kind: GrantKind): readonly RedemptionId[] =>
    redeemed.flatMap(({ id, grant }) => (grant === kind ? [id] : []));
  const ofCards = await giftCardCodes(deps.database, deps.secrets, programId, of('gift_card'));
  const ofWings = await Promise.all(
    [...deps.givers.values()].map(({ grant, codesOf }) => codesOf?.(deps, programId, of(grant)) ?? []),
  );
  const cards = [...ofCards].map(([id, code]) => [id, { code, link: null }] as const);
  return new Map([...cards, ...ofWings.flatMap((codes) => [...codes])]);
};
