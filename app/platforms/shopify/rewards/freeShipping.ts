import { decimalOf } from '~/core/values/money';
import { createFreeShippingCode } from '../operations/createFreeShippingCode';
import type { GrantMaker } from './grantMaker';

/** Shipping at no cost, up to a rate and to some countries, as the merchant says. */
export const freeShipping: GrantMaker<'free_shipping'> = {
  create: (client, common, { maxRateMinor, currency, countries }) =>
    createFreeShippingCode(client, {
      ...common,
      destination:
        countries.length === 0 ? { all: true } : { countries: { add: countries, includeRestOfWorld: false } },
      ...(maxRateMinor === null ? {} : { maximumShippingPrice: decimalOf(maxRateMinor, currency) }),
    }),
  isSame: ({ shipping }, { maxRateMinor, currency, countries }) =>
    shipping !== null &&
    shipping.maxRate === (maxRateMinor === null ? null : decimalOf(maxRateMinor, currency)) &&
    // In whatever order the shop lists them.
    [...shipping.countries].sort().join() === [...countries].sort().join(),
};
