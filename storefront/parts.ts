import { FidelioEarn } from './earn';
import { FidelioHistory } from './history';
import { FidelioLauncher } from './launcher';
import { FidelioRewards } from './rewards';

// One script for every part of the program: it asks nothing until the shopper acts.
const parts = {
  'fidelio-rewards': FidelioRewards,
  'fidelio-history': FidelioHistory,
  'fidelio-launcher': FidelioLauncher,
  'fidelio-earn': FidelioEarn,
} as const satisfies Record<string, CustomElementConstructor>;

for (const [name, part] of Object.entries(parts)) if (!customElements.get(name)) customElements.define(name, part);
