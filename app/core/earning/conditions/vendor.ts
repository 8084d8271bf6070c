import { z } from 'zod';
import { shopText } from '../../values/fields';
import { fold, folded, lineCondition } from './condition';

/** Lines of the given vendors. */
export const vendor = lineCondition({
  kind: 'vendor',
  schema: z.strictObject({ kind: z.literal('vendor'), vendors: z.array(shopText).min(1).max(200) }),
  model: () => ({ vendors: [] }),
  need: null,
  test: ({ vendors }) => {
    const wanted = folded(vendors);
    return (line) => line.vendor !== null && wanted.has(line.vendor);
  },
  keys: ({ vendors }) => vendors.map((name) => `v${fold(name)}`),
});
