import { whyForMember } from '~/core/explanation/why';
import { isoOf } from '~/core/values/instant';
import { translate, type Language } from '~/i18n/catalog';
import { explain, type Explanation } from '~/i18n/explain';
import { formatDate } from '~/i18n/format';
import { codeTexts, returningText } from '~/i18n/storefrontWords';
import { services } from '~/process/services';
import type { ShownCode } from '~/usecases/giver';
import { shownCodes, type Redeemed } from '~/views/shownCodes';
import { storefrontBalance } from '~/views/storefrontBalance';
import { storefrontHistory, type StorefrontHistory } from '~/views/storefrontHistory';
import { shopperJson, signInFirst, type ShopperAnswer } from './shopper';

/** The signed-in customer's own entries, each with its explanation in words, and the structured reason behind it. */
export const answerHistory: ShopperAnswer = async ({ store, customerId, language }, { parameters }, now) => {
  if (customerId === null) return signInFirst(language);
  const before = parameters.get('before');
  const { database, deps } = await services();
  const { entries, next, names } = await storefrontHistory(database, store, customerId, before);
  const given = await shownCodes(deps, store.programId, entries.flatMap(redeemedIn));
  const balance = before === null ? await storefrontBalance(database, store, customerId, now) : null;
  return shopperJson({
    returning: returningText(language, balance?.returning ?? null, now),
    entries: entries.map(({ id, kind, points, forgiven, occurredAt, why, redemptionId }) => ({
      id,
      kind,
      points,
      at: isoOf(occurredAt),
      day: formatDate(language, occurredAt, store.timeZone),
      label: translate(language, `kind.${kind}`),
      ...(names === null
        ? {}
        : withCode(
            explain(whyForMember(why), points, forgiven, language, names),
            given.get(redemptionId ?? ''),
            language,
          )),
      why: whyForMember(why),
    })),
    next,
  });
};

const redeemedIn = ({ redemptionId, why }: StorefrontHistory['entries'][number]): readonly Redeemed[] =>
  redemptionId !== null && why.kind === 'redemption' && why.grant !== undefined
    ? [{ id: redemptionId, grant: why.grant }]
    : [];

const withCode = (explained: Explanation, shown: ShownCode | undefined, language: Language): Explanation => ({
  ...explained,
  steps: [...explained.steps, ...codeTexts(language, shown)],
});
