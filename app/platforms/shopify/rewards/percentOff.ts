import { createAmountOffCode } from '../operations/createAmountOffCode';
import type { GrantMaker } from './grantMaker';

/** A part of the order, as Shopify counts it: a fraction of 1. */
export const percentOff: GrantMaker<'percent_off'> = {
  create: (client, common, { basisPoints }) =>
    createAmountOffCode(client, {
      ...common,
      customerGets: { items: { all: true }, value: { percentage: basisPoints / 10_000 } },
    }),
  isSame: ({ percentage }, { basisPoints }) => percentage !== null && Math.round(percentage * 10_000) === basisPoints,
};
