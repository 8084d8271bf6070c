import { describe, expect, test } from 'vitest';
import { languages, type Language } from '~/i18n/catalog';
import { fieldLabels } from '~/i18n/documentFields';
import { fieldLabel } from '~/i18n/documentWords';
import { unitIn } from '~/i18n/format';
import { bonusSentence } from '~/i18n/sentences/bonus';
import { tell, type SentenceSay } from '~/i18n/sentences/say';
import { chosenAmountOff } from '~/i18n/sentences/rewards/chosenAmountOff';
import { newBonus } from '~/core/earning/newBonus';
import { rewardKinds } from '~/core/rewards/section';
import { perTongue } from '~/core/values/text';

const called = (points: string, language: Language): SentenceSay => ({
  language,
  currency: 'EUR',
  names: { point: perTongue(() => points), points: perTongue(() => points) },
});
const general = /\b(punt[oi]s?|points?|punkte?n?)\b/i;

describe('what a merchant calls points stands in the labels', () => {
  test.each(languages)('of fields, and nothing general beside it: %s', (language) => {
    const say = called('zecchini', language);
    // The two words themselves are asked for there.
    const asked = Object.entries(fieldLabels).filter(([path]) => !path.startsWith('names.'));
    expect(asked.filter(([, key]) => general.test(tell(say, key))).map(([path]) => path)).toEqual([]);
    expect(fieldLabel(['rewards', 'five', 'points'], say)).toContain('zecchini');
    expect(fieldLabel(['earning', 'rates', 'EUR', 'points'], say)).toBe('Zecchini');
  });

  test.each(languages)('of figures, or they have none: %s', (language) => {
    const say = called('zecchini', language);
    const figures = ['home.issued', 'home.redeemed', 'home.outstanding', 'home.chart', 'donations.points'] as const;
    const more = ['simulation.issued', 'simulation.liability', 'members.debt', 'members.view_owing'] as const;
    for (const key of [...figures, ...more, 'state.released', 'fulfilment.state_released'] as const)
      expect(tell(say, key), key).not.toMatch(general);
  });

  test.each(languages)('and a shopper who is refused reads of a balance: %s', (language) => {
    const refusals = ['sold_out', 'all_taken', 'product_away', 'partner_dearer', 'partner_away'] as const;
    for (const key of [...refusals, 'staff_sold_out', 'staff_all_taken'] as const)
      expect(tell({ language }, `redeem.${key}`), key).not.toMatch(general);
  });

  test('begins a label with a large letter', () => {
    expect(unitIn('fr', { point: perTongue(() => 'étoile'), points: perTongue(() => 'étoiles') })).toEqual({
      unit: 'étoiles',
      Unit: 'Étoiles',
    });
  });
});

test('a range says the word once', () => {
  const reward = { ...rewardKinds.chosen_amount_off.model('EUR'), id: 'choice' };
  expect(chosenAmountOff.phrases(reward, called('stelle', 'it'))[0]?.replace(/\s/g, ' ')).toBe(
    '1,00 € di sconto ogni 20 stelle, da 20 a 2.000 stelle',
  );
});

test('a condition that names nothing yet leaves it open', () => {
  const conditions = [
    { kind: 'collection', collectionIds: [] },
    { kind: 'vendor', vendors: [] },
  ] as const;
  const bonus = { ...newBonus('one'), conditions: conditions as never };
  expect(bonusSentence(bonus, called('stelle', 'it'), { tiers: null, segments: [] })).toMatch(/su …, .* …$/);
});
