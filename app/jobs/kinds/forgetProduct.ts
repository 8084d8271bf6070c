import { forgetProductLater, type ForgetProduct } from '~/usecases/effects/forgetProduct';
import { forgetProduct } from '~/usecases/forgetProduct';
import type { Job } from '../job';

export const forgetProductJob: Job<ForgetProduct> = {
  effect: forgetProductLater,
  queue: 'forget-product',
  key: ({ store, productId }) => `${store.storeId}:${productId}`,
  inReplay: true,
  work: {
    kind: 'one_by_one',
    atOnce: 4,
    run: ({ deps }, { store, productId }) => forgetProduct(deps, store, productId),
  },
};
