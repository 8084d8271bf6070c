import type { Language } from '../../catalog';
import { listIn, moneyIn, pointsIn, tell } from '../say';
import type { RewardWords } from './words';

/** A country by its code, in a language. */
export const countryIn = (language: Language, code: string): string =>
  new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;

export const freeShipping: RewardWords<'free_shipping'> = {
  phrases: ({ points, maxRateMinor, countries, currency }, say) => [
    tell(say, 'sentence.reward_free_shipping', { points: pointsIn(say, points) }),
    ...(maxRateMinor === null
      ? []
      : [tell(say, 'sentence.reward_rate', { amount: moneyIn(say, maxRateMinor, currency) })]),
    ...(countries.length === 0
      ? []
      : [
          tell(say, 'sentence.reward_countries', {
            names: listIn(
              say,
              countries.map((code) => countryIn(say.language, code)),
            ),
          }),
        ]),
  ],
  fields: { maxRateMinor: 'program.reward_max_rate', countries: 'program.reward_countries' },
  values: {
    countries: (codes: string[], say) =>
      listIn(
        say,
        codes.map((code) => countryIn(say.language, code)),
      ),
  },
};
